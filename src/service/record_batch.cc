#include "service/record_batch.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "service/checked_answer.h"

namespace meno {
namespace {

/// A batch under way.
struct Ingestion {
  Services& services;
  RecordBatchDone done;
  std::vector<std::size_t> lines;  // of the answers that went to the store
  BatchOutcome outcome;
};

Result<StoredAnswer> checked(const LiveCourse& course, const RecordAnswer& ask, TimePoint now) {
  if (ask.course_id != course.id()) {
    return invalid_input(fmt::format("\"course_id\" is \"{}\", expected \"{}\" as in the address",
                                     ask.course_id, course.id()));
  }
  MENO_TRY(CheckedAnswer answer, checked_answer(course, ask, now));
  return std::move(answer.answer);
}

/// Runs on the store's writer thread, in order of commits. A student who is not being served needs
/// nothing: whoever asks for him reads the answers from the store.
void on_durable(const std::shared_ptr<Ingestion>& batch,
                Result<std::vector<Result<Appended>>> appended) {
  if (!appended) {
    batch->services.later([batch, error = std::move(appended).error()] { batch->done(error); });
    return;
  }
  BatchOutcome& outcome = batch->outcome;
  for (std::size_t k = 0; k < appended->size(); ++k) {
    Result<Appended>& one = (*appended)[k];
    if (!one) {
      outcome.refused.push_back({.line = batch->lines[k], .error = one.error()});
    } else if (!one->recorded) {
      ++outcome.repeated;
    } else {
      ++outcome.recorded;
      const auto student =
          batch->services.students.served(one->answer.course_id, one->answer.student_id);
      if (student == nullptr) continue;
      auto applied = std::make_shared<Applied>();
      applied->answer = std::move(one->answer);
      student->committed(std::move(applied));
    }
  }
  std::sort(outcome.refused.begin(), outcome.refused.end(),
            [](const RefusedAnswer& a, const RefusedAnswer& b) { return a.line < b.line; });
  batch->services.later([batch] { batch->done(std::move(batch->outcome)); });
}

}  // namespace

void record_batch(Services& services, RecordBatch batch, RecordBatchDone done) {
  const Result<std::shared_ptr<const LiveCourse>> course = services.courses.find(batch.course_id);
  if (!course) return done(course.error());
  const auto recording =
      std::make_shared<Ingestion>(Ingestion{.services = services,
                                            .done = std::move(done),
                                            .lines = {},
                                            .outcome = {.refused = std::move(batch.refused)}});
  const TimePoint now = services.clock.now();
  std::vector<StoredAnswer> answers;
  answers.reserve(batch.answers.size());
  for (const auto& [line, ask] : batch.answers) {
    Result<StoredAnswer> answer = checked(**course, ask, now);
    if (answer) {
      recording->lines.push_back(line);
      answers.push_back(*std::move(answer));
    } else {
      recording->outcome.refused.push_back({.line = line, .error = answer.error()});
    }
  }
  services.store.answers().append_batch(
      std::move(answers), [recording](Result<std::vector<Result<Appended>>> appended) {
        on_durable(recording, std::move(appended));
      });
}

}  // namespace meno
