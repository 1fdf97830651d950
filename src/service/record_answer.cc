#include "service/record_answer.h"

#include <utility>

#include "service/checked_answer.h"
#include "service/on_durable.h"

namespace meno {
namespace {

/// An answer under way.
struct Recording {
  Services& services;
  AnswerDone done;
  std::shared_ptr<LiveStudent> student;
  std::optional<Grade> feedback;
  NextDetail next = NextDetail::Full;
  std::string request_id;
};

/// Tells those who watch the class.
void tell(Services& services, const Applied& applied, const AnswerOutcome& outcome) {
  const StoredAnswer& answer = applied.answer;
  if (!services.feed.is_heard(answer.course_id)) return;
  ClassEvent event{.kind = ClassEvent::Kind::Answer};
  event.student_id = answer.student_id;
  event.item_id = answer.item_id;
  event.correct = outcome.correct;
  event.answered_at = answer.answered_at;
  for (const MasteryChange& change : outcome.mastery)
    event.mastery.push_back(
        {outcome.course->skill_name(change.after.skill), change.after.p_mastery});
  services.feed.publish(answer.course_id, std::move(event));
}

/// The reply, once the answer is durable. The next item is chosen from all answers so far.
Result<AnswerOutcome> outcome_of(Recording& recording, const std::shared_ptr<Applied>& applied,
                                 bool recorded) {
  LiveStudent& student = *recording.student;
  AnswerOutcome outcome{.event_id = applied->answer.event_id,
                        .seq = applied->answer.seq,
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
                     .counterfactual = recording.next == NextDetail::Full,
                     .request_id = recording.request_id});
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
  if (recorded) tell(recording.services, *applied, outcome);
  return outcome;
}

void count(ServiceActivity& activity, const Result<Appended>& appended) {
  if (!appended) {
    ++activity.refused;
  } else if (appended->recorded) {
    ++activity.recorded;
  } else {
    ++activity.repeated;
  }
}

Result<Done> start(Services& services, const RecordAnswer& ask, AnswerDone& done) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(ask.course_id));
  MENO_TRY(std::shared_ptr<LiveStudent> student, services.students.find(course, ask.student_id));
  MENO_TRY(CheckedAnswer checked, checked_answer(*course, ask, services.clock.now()));
  const auto recording = std::make_shared<Recording>(Recording{.services = services,
                                                               .done = std::move(done),
                                                               .student = std::move(student),
                                                               .feedback = std::move(checked.grade),
                                                               .next = ask.next,
                                                               .request_id = ask.request_id});
  services.store.answers().append(std::move(checked.answer),
                                  [recording](Result<Appended> appended) {
                                    count(recording->services.activity, appended);
                                    on_durable(recording, std::move(appended), &outcome_of);
                                  });
  return Done{};
}

}  // namespace

void record_answer(Services& services, const RecordAnswer& ask, AnswerDone done) {
  Result<Done> started = start(services, ask, done);
  if (started) return;
  ++services.activity.refused;
  done(std::move(started).error());
}

}  // namespace meno
