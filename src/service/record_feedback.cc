#include "service/record_feedback.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "service/checked_answer.h"
#include "service/on_durable.h"

namespace meno {
namespace {

/// Feedback under way.
struct Recording {
  Services& services;
  FeedbackRecorded done;
  std::shared_ptr<LiveStudent> student;
  std::string request_id;
};

/// Feedback is on an item of the course, or on one of its resources.
Result<Done> find_subject(Services& services, const LiveCourse& course, const std::string& id) {
  Result<ItemId> item = course.find_item(id);
  if (item) return Done{};
  MENO_TRY(const std::vector<CourseResource> resources, services.guidance.resources(course.id()));
  const bool listed =
      std::any_of(resources.begin(), resources.end(),
                  [&id](const CourseResource& one) { return one.resource.id == id; });
  if (!listed) return item.error();
  return Done{};
}

/// The reply, once the feedback is durable.
Result<FeedbackOutcome> feedback_outcome(Recording& recording,
                                         const std::shared_ptr<Applied>& applied, bool recorded) {
  FeedbackOutcome outcome{.event_id = applied->feedback->event_id,
                          .recorded = recorded,
                          .course = {},
                          .target = 0.0,
                          .next = {}};
  Result<NextChosen> next = NextChosen();
  MENO_TRY_DONE(
      recording.student->after(recorded ? applied : nullptr, [&](const LearnerState& state) {
        outcome.course = state.course();
        next =
            next_for(recording.services, recording.student->id(), state,
                     {.now = recording.services.clock.now(), .request_id = recording.request_id});
      }));
  if (!next && next.error().kind == ErrorKind::Conflict) return outcome;
  if (!next) return next.error();
  outcome.target = next->target;
  if (!next->items.empty()) outcome.next = std::move(next->items.front());
  return outcome;
}

Result<Done> start(Services& services, const RecordFeedback& ask, FeedbackRecorded& done) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(ask.course_id));
  if (!find_feedback_kind(ask.kind)) {
    return invalid_input(
        fmt::format("\"kind\" is \"{}\", expected accept, swap, dismiss, too_hard or too_easy",
                    ask.kind.substr(0, 40)));
  }
  MENO_TRY_DONE(check_has_come("given_at", ask.given_at, services.clock.now()));
  MENO_TRY_DONE(find_subject(services, *course, ask.item_id));
  MENO_TRY(std::shared_ptr<LiveStudent> student, services.students.find(course, ask.student_id));
  StoredFeedback feedback{.event_id = ask.event_id,
                          .course_id = ask.course_id,
                          .student_id = ask.student_id,
                          .item_id = ask.item_id,
                          .kind = ask.kind,
                          .given_at = ask.given_at.value_or(services.clock.now()),
                          .request_id = ask.request_id};
  const auto recording = std::make_shared<Recording>(Recording{.services = services,
                                                               .done = std::move(done),
                                                               .student = std::move(student),
                                                               .request_id = ask.request_id});
  services.store.feedback().append(std::move(feedback),
                                   [recording](Result<AppendedFeedback> appended) {
                                     on_durable(recording, std::move(appended), &feedback_outcome);
                                   });
  return Done{};
}

}  // namespace

void record_feedback(Services& services, const RecordFeedback& ask, FeedbackRecorded done) {
  if (Result<Done> started = start(services, ask, done); !started) done(std::move(started).error());
}

}  // namespace meno
