// What happens once the store has written what a student did: taken into account, then replied to.
#pragma once

#include <memory>
#include <utility>

#include "service/live_students.h"
#include "store/answers.h"
#include "store/feedback.h"

namespace meno {

inline std::shared_ptr<Applied> applied_of(Appended appended) {
  auto applied = std::make_shared<Applied>();
  applied->answer = std::move(appended.answer);
  applied->before = appended.before;
  return applied;
}

inline std::shared_ptr<Applied> applied_of(AppendedFeedback appended) {
  auto applied = std::make_shared<Applied>();
  applied->feedback = std::move(appended.feedback);
  applied->before = appended.before;
  return applied;
}

/// `Recording` has `services`, `student` and `done`, which gets the error or
/// outcome(recording, applied, recorded), on a thread of `services.later`. Call it on the store's
/// writer thread, in order of commits: it only queues.
template <class Recording, class Stored, class Outcome>
void on_durable(const std::shared_ptr<Recording>& recording, Result<Stored> appended,
                Outcome outcome) {
  if (!appended) {
    recording->services.later(
        [recording, error = std::move(appended).error()] { recording->done(error); });
    return;
  }
  const bool recorded = appended->recorded;
  const std::shared_ptr<Applied> applied = applied_of(*std::move(appended));
  if (recorded) recording->student->committed(applied);
  recording->services.later([recording, applied, recorded, outcome] {
    recording->done(outcome(*recording, applied, recorded));
  });
}

}  // namespace meno
