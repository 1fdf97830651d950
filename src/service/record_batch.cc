#include "service/record_batch.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "service/accounts/sight.h"
#include "service/checked_answer.h"
#include "service/on_durable.h"

namespace meno {
namespace {

/// A batch under way.
struct Ingestion {
  Services& services;
  RecordBatchDone done;
  std::string course_id;
  std::vector<std::size_t> lines;  // of the answers that went to the store
  BatchOutcome outcome;
};

/// Of whom the caller may record answers; each student is looked up once.
class Sight {
 public:
  Sight(Services& services, const Principal& caller) : services_(services), caller_(caller) {}

  /// Errors: NotFound, in the words for a student who is not there; Unavailable.
  Result<Done> check(const RecordAnswer& ask) {
    if (caller_.everywhere) return Done{};
    const auto found = seen_.find(ask.student_id);
    bool seen = found != seen_.end() && found->second;
    if (found == seen_.end()) {
      MENO_TRY(seen, sees(services_, caller_, ask.course_id, ask.student_id));
      seen_.emplace(ask.student_id, seen);
    }
    if (seen) return Done{};
    return not_enrolled(ask.student_id, ask.course_id);
  }

 private:
  Services& services_;
  const Principal& caller_;
  std::unordered_map<std::string, bool> seen_;
};

Result<StoredAnswer> checked(const LiveCourse& course, const RecordAnswer& ask, Sight& sight,
                             TimePoint now) {
  if (ask.course_id != course.id()) {
    return invalid_input(fmt::format("\"course_id\" is \"{}\", expected \"{}\" as in the address",
                                     ask.course_id, course.id()));
  }
  MENO_TRY_DONE(sight.check(ask));
  MENO_TRY(CheckedAnswer answer, checked_answer(course, ask, now));
  return std::move(answer.answer);
}

/// Runs on the store's writer thread, in order of commits. A student who is not being served needs
/// nothing: whoever asks for him reads the answers from the store.
void batch_durable(const std::shared_ptr<Ingestion>& batch,
                   Result<std::vector<Result<Appended>>> appended) {
  if (!appended) {
    batch->services.activity.refused += batch->lines.size();
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
      student->committed(applied_of(*std::move(one)));
    }
  }
  if (outcome.recorded > 0) batch->services.feed.publish(batch->course_id, {});
  ServiceActivity& activity = batch->services.activity;
  activity.recorded += outcome.recorded;
  activity.repeated += outcome.repeated;
  activity.refused += outcome.refused.size();
  std::sort(outcome.refused.begin(), outcome.refused.end(),
            [](const RefusedAnswer& a, const RefusedAnswer& b) { return a.line < b.line; });
  batch->services.later([batch] { batch->done(std::move(batch->outcome)); });
}

}  // namespace

void record_batch(Services& services, const Principal& caller, RecordBatch batch,
                  RecordBatchDone done) {
  const Result<std::shared_ptr<const LiveCourse>> course = services.courses.find(batch.course_id);
  if (!course) return done(course.error());
  const auto recording =
      std::make_shared<Ingestion>(Ingestion{.services = services,
                                            .done = std::move(done),
                                            .course_id = batch.course_id,
                                            .lines = {},
                                            .outcome = {.refused = std::move(batch.refused)}});
  services.activity.batch_answers.add(
      static_cast<double>(batch.answers.size() + recording->outcome.refused.size()));
  const TimePoint now = services.clock.now();
  Sight sight(services, caller);
  std::vector<StoredAnswer> answers;
  answers.reserve(batch.answers.size());
  for (const auto& [line, ask] : batch.answers) {
    Result<StoredAnswer> answer = checked(**course, ask, sight, now);
    if (answer) {
      recording->lines.push_back(line);
      answers.push_back(*std::move(answer));
      answers.back().request_id = batch.request_id;
    } else {
      recording->outcome.refused.push_back({.line = line, .error = answer.error()});
    }
  }
  services.store.answers().append_batch(
      std::move(answers), [recording](Result<std::vector<Result<Appended>>> appended) {
        batch_durable(recording, std::move(appended));
      });
}

}  // namespace meno
