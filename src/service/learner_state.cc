#include "service/learner_state.h"

#include <utility>

namespace meno {

Event event_of(const StoredAnswer& answer, const LiveCourse& course) {
  Event event;
  event.correct = static_cast<float>(answer.correct);
  event.at = answer.answered_at;
  event.response_ms = answer.response_ms.value_or(kNoResponseTime);
  if (const std::optional<ItemId> item = course.item(answer.item_id)) {
    event.item = *item;
    event.skills = course.skills_of(*item);
  }
  return event;
}

LearnerState::LearnerState(std::shared_ptr<const LiveCourse> course)
    : course_(std::move(course)), tracker_(course_->served().model->new_student()) {
  if (course_->served().belief) belief_ = std::make_unique<Belief>(*course_->served().belief);
}

void LearnerState::observe(const StoredAnswer& answer, std::int32_t item_median_ms) {
  const Event event = event_of(answer, *course_);
  tracker_->observe(event);
  if (belief_) belief_->observe(event);
  record_.observe(event, {.event_id = answer.event_id,
                          .hints_used = answer.hints_used.value_or(0),
                          .item_median_ms = item_median_ms});
  feedback_.answered();
  last_seq_ = answer.seq;
}

void LearnerState::take(const StoredFeedback& feedback) {
  last_feedback_ = feedback.no;
  const std::optional<FeedbackKind> kind = find_feedback_kind(feedback.kind);
  const std::optional<ItemId> item = course_->item(feedback.item_id);
  if (!kind) return;
  if (item) {
    feedback_.take(*kind, *item, course_->skills_of(*item));
  } else {
    feedback_.take_resource(*kind, feedback.item_id);
  }
}

std::vector<MasteryChange> LearnerState::observe_change(const StoredAnswer& answer,
                                                        std::int32_t item_median_ms) {
  const Event event = event_of(answer, *course_);
  const Probes& probes = course_->tutor().probes();
  const auto before = mastery_of(event.skills, *tracker_, record_, probes, answer.answered_at);
  observe(answer, item_median_ms);
  const auto after = mastery_of(event.skills, *tracker_, record_, probes, answer.answered_at);
  std::vector<MasteryChange> changes;
  changes.reserve(before.size());
  for (std::size_t k = 0; k < before.size(); ++k) changes.push_back({before[k], after[k]});
  return changes;
}

}  // namespace meno
