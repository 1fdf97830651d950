// LearnerState: one student in one course, folded from the stored answers and feedback in the order
// of their commits. The same ones give the same state, whether they came one by one or from the
// store after a restart.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "meta/bayes/belief.h"
#include "models/tracker.h"
#include "service/live_course.h"
#include "store/answers.h"
#include "store/feedback.h"
#include "store/student_states.h"
#include "tutor/learning_record.h"
#include "tutor/mastery/mastery.h"
#include "tutor/next_item/feedback_record.h"

namespace meno {

/// What one answer changed: a skill before and after it, as seen at the time of the answer.
struct MasteryChange {
  SkillMastery before;
  SkillMastery after;
};

/// Of one version of the model, which it keeps alive. Not thread-safe: one owner.
class LearnerState {
 public:
  explicit LearnerState(std::shared_ptr<const LiveCourse> course);

  /// Takes the answer into account. `item_median_ms` as in AnswerNote.
  void observe(const StoredAnswer& answer, std::int32_t item_median_ms);
  /// observe(), and what it changed: one entry per skill of the item.
  std::vector<MasteryChange> observe_change(const StoredAnswer& answer,
                                            std::int32_t item_median_ms);
  /// Takes feedback into account: it must come in its place among the answers.
  void take(const StoredFeedback& feedback);

  /// The state as the store keeps it. Nullopt for a run with a posterior, whose state is many
  /// times as large: such students are replayed.
  std::optional<StoredState> saved() const;
  /// Becomes what was saved. Errors: InvalidInput when that belongs to another model or course, or
  /// is damaged; the state is then of no use.
  Result<Done> restore(const StoredState& saved);

  const std::shared_ptr<const LiveCourse>& course() const { return course_; }
  const Tracker& tracker() const { return *tracker_; }
  const LearningRecord& record() const { return record_; }
  const FeedbackRecord& feedback() const { return feedback_; }
  /// What is believed of this student's parameters; null unless the run has a posterior.
  const Belief* belief() const { return belief_.get(); }
  EnrolmentMark mark() const { return {.seq = last_seq_, .feedback = last_feedback_}; }
  /// `seq` of the last answer taken into account, 0 before the first.
  std::uint64_t last_seq() const { return last_seq_; }
  /// `no` of the last feedback taken into account, 0 before the first.
  std::uint64_t last_feedback() const { return last_feedback_; }

 private:
  std::shared_ptr<const LiveCourse> course_;
  std::unique_ptr<Tracker> tracker_;
  std::unique_ptr<Belief> belief_;
  LearningRecord record_;
  FeedbackRecord feedback_;
  std::uint64_t last_seq_ = 0;
  std::uint64_t last_feedback_ = 0;
};

/// Calls `observe` with every answer and `take` with all feedback in the order of their commits,
/// each oldest first. `seq` is of the last answer before them.
template <class Observe, class Take>
void in_their_order(std::span<const StoredAnswer> answers, std::span<const StoredFeedback> said,
                    std::uint64_t seq, Observe observe, Take take) {
  auto next = said.begin();
  const auto take_those_after = [&](std::uint64_t last) {
    for (; next != said.end() && next->after_seq <= last; ++next) take(*next);
  };
  for (const StoredAnswer& answer : answers) {
    take_those_after(std::exchange(seq, answer.seq));
    observe(answer);
  }
  take_those_after(seq);
}

/// The Event of a stored answer; its skills view into the course. An item that has left the course
/// has no skills.
Event event_of(const StoredAnswer& answer, const LiveCourse& course);

}  // namespace meno
