#include "service/record_answer.h"

#include <utility>

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"

namespace meno {
namespace {

/// A platform's clock may run ahead of ours by this much.
constexpr std::chrono::minutes kClockTolerance{10};

/// Everything the caller said, in one order: the same text means the same answer.
std::string fingerprint_of(const RecordAnswer& ask) {
  Json fields = Json::array({ask.course_id, ask.student_id, ask.item_id});
  fields.push_back(ask.variant ? Json(*ask.variant) : Json());
  fields.push_back(ask.response ? Json(*ask.response) : Json());
  fields.push_back(ask.correct ? Json(*ask.correct) : Json());
  fields.push_back(ask.answered_at ? Json(ask.answered_at->time_since_epoch().count()) : Json());
  fields.push_back(ask.response_ms ? Json(*ask.response_ms) : Json());
  fields.push_back(ask.hints_used ? Json(*ask.hints_used) : Json());
  return content_hash(fields.dump());
}

/// An answer under way.
struct Recording {
  Services& services;
  AnswerDone done;
  std::shared_ptr<LiveStudent> student;
  std::optional<Grade> feedback;
  NextDetail next = NextDetail::Full;
};

Result<std::optional<Grade>> graded(const LiveCourse& course, const RecordAnswer& ask) {
  if (ask.response.has_value() == ask.correct.has_value()) {
    return invalid_input(
        fmt::format("the answer has {}, expected exactly one of \"response\" and \"correct\"",
                    ask.response ? "both" : "neither"));
  }
  if (!ask.response) return std::optional<Grade>();
  if (!course.bank()) {
    return invalid_input(
        fmt::format("\"response\" for item \"{}\" of course \"{}\", whose items have no text: "
                    "expected \"correct\"",
                    ask.item_id, ask.course_id));
  }
  MENO_TRY(Grade grade, course.bank()->grade(ask.item_id, ask.variant.value_or(0), *ask.response));
  return std::optional(std::move(grade));
}

StoredAnswer stored_answer(const RecordAnswer& ask, bool correct, TimePoint now) {
  return {.event_id = ask.event_id,
          .course_id = ask.course_id,
          .student_id = ask.student_id,
          .item_id = ask.item_id,
          .variant = ask.variant.value_or(0),
          .response = ask.response,
          .correct = correct ? 1.0 : 0.0,
          .answered_at = ask.answered_at.value_or(now),
          .response_ms = ask.response_ms,
          .hints_used = ask.hints_used,
          .fingerprint = fingerprint_of(ask)};
}

/// The reply, once the answer is durable. The next item is chosen from all answers so far.
Result<AnswerOutcome> outcome_of(Recording& recording, const std::shared_ptr<Applied>& applied,
                                 bool recorded) {
  LiveStudent& student = *recording.student;
  AnswerOutcome outcome{.event_id = applied->answer.event_id,
                        .recorded = recorded,
                        .correct = applied->answer.correct >= 0.5,
                        .feedback = std::move(recording.feedback),
                        .course = {},
                        .mastery = {},
                        .next = {}};
  Result<NextChosen> next = NextChosen();
  const auto choose = [&](const LearnerState& state) {
    outcome.course = state.course();
    if (recording.next == NextDetail::None) return;
    next = next_for(recording.services, student.id(), state,
                    {.now = recording.services.clock.now(),
                     .counterfactual = recording.next == NextDetail::Full});
  };
  MENO_TRY_DONE(student.after(recorded ? applied : nullptr, choose));
  // The answer stands, also where a teacher's rules leave nothing to go on with.
  if (!next && next.error().kind != ErrorKind::Conflict) return next.error();
  if (next && !next->items.empty()) outcome.next = std::move(next->items.front());
  // Another thread may have applied the answer before the model was swapped: a reply is of one
  // version.
  if (recorded && applied->course == outcome.course) {
    outcome.mastery = std::move(applied->changes);
  } else {
    MENO_TRY(outcome.mastery, student.changes_of(applied->answer, outcome.course));
  }
  return outcome;
}

/// Runs on the store's writer thread, in order of commits: only queues.
void on_durable(const std::shared_ptr<Recording>& recording, Result<Appended> appended) {
  if (!appended) {
    recording->services.later(
        [recording, error = std::move(appended).error()] { recording->done(error); });
    return;
  }
  const bool recorded = appended->recorded;
  auto applied = std::make_shared<Applied>();
  applied->answer = std::move(appended->answer);
  if (recorded) recording->student->committed(applied);
  recording->services.later([recording, applied, recorded] {
    recording->done(outcome_of(*recording, applied, recorded));
  });
}

Result<Done> start(Services& services, const RecordAnswer& ask, AnswerDone& done) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(ask.course_id));
  if (!course->item(ask.item_id)) {
    return not_found(
        fmt::format("item \"{}\", expected an item of course \"{}\"", ask.item_id, ask.course_id));
  }
  MENO_TRY(std::shared_ptr<LiveStudent> student, services.students.find(course, ask.student_id));
  MENO_TRY(std::optional<Grade> feedback, graded(*course, ask));
  const TimePoint now = services.clock.now();
  if (ask.answered_at && *ask.answered_at > now + kClockTolerance) {
    return invalid_input(
        "\"answered_at\" lies in the future, expected the time of the answer in UTC");
  }
  const bool correct = feedback ? feedback->correct : *ask.correct;
  const auto recording = std::make_shared<Recording>(Recording{.services = services,
                                                               .done = std::move(done),
                                                               .student = std::move(student),
                                                               .feedback = std::move(feedback),
                                                               .next = ask.next});
  services.store.answers().append(
      stored_answer(ask, correct, now),
      [recording](Result<Appended> appended) { on_durable(recording, std::move(appended)); });
  return Done{};
}

}  // namespace

void record_answer(Services& services, const RecordAnswer& ask, AnswerDone done) {
  if (Result<Done> started = start(services, ask, done); !started) done(std::move(started).error());
}

}  // namespace meno
