#include "service/learner_state.h"

#include <utility>

#include "core/files.h"
#include "models/bytes.h"

namespace meno {
namespace {

constexpr std::size_t kCheckDigits = 16;
/// What a kept state belongs to: its numbers mean something under this model, this course and this
/// program alone.
std::string kept_under(const LiveCourse& course) {
  return std::string(MENO_VERSION) + ' ' + course.served().version + ' ' + course.fingerprint();
}

}  // namespace

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

std::optional<StoredState> LearnerState::saved() const {
  if (belief_) return std::nullopt;
  const std::string tracked = tracker_->save();
  std::string bytes;
  append_bytes(bytes, static_cast<std::uint64_t>(tracked.size()));
  bytes += tracked;
  record_.save(bytes);
  feedback_.save(bytes);
  return StoredState{.version = kept_under(*course_),
                     .upto = mark(),
                     .content = content_hash(bytes).substr(0, kCheckDigits) + bytes};
}

Result<Done> LearnerState::restore(const StoredState& saved) {
  if (belief_ || saved.version != kept_under(*course_)) {
    return invalid_input("the kept state is of another model or course, expected this one's");
  }
  const Error damaged = invalid_input("the kept state is damaged, expected what was written");
  std::string_view bytes = saved.content;
  const std::string_view check = bytes.substr(0, kCheckDigits);
  bytes.remove_prefix(check.size());
  if (content_hash(bytes).substr(0, kCheckDigits) != check) return damaged;
  std::uint64_t tracked = 0;
  if (!take_bytes(bytes, tracked) || tracked > bytes.size()) return damaged;
  MENO_TRY_DONE(tracker_->restore(bytes.substr(0, tracked)));
  bytes.remove_prefix(tracked);
  if (!record_.restore(bytes) || !feedback_.restore(bytes) || !bytes.empty()) return damaged;
  last_seq_ = saved.upto.seq;
  last_feedback_ = saved.upto.feedback;
  return Done{};
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
