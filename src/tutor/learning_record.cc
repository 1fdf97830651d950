#include "tutor/learning_record.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

constexpr std::int32_t kFloorMs = 1500;
constexpr std::int32_t kPartOfMedian = 10;
constexpr std::uint32_t kRecentMask = (1U << kRecentAnswers) - 1U;

bool is_right(const Event& event) { return event.correct >= 0.5F; }

std::uint32_t pushed(std::uint32_t bits, bool bit) { return (bits << 1U) | (bit ? 1U : 0U); }

std::int32_t next_streak(std::int32_t streak, bool right) {
  if (right) return streak > 0 ? streak + 1 : 1;
  return streak < 0 ? streak - 1 : -1;
}

TimePoint later(TimePoint a, TimePoint b) { return std::max(a, b); }  // kNoTime is the least

}  // namespace

Trend SkillRecord::trend() const {
  constexpr std::uint32_t kLeast = 6;
  constexpr std::uint32_t kMost = 10;
  constexpr double kStep = 0.3;
  if (answers < kLeast) return Trend::Unknown;
  const std::uint32_t half = std::min(answers, kMost) / 2;
  const std::uint32_t mask = (1U << half) - 1U;
  const int newer = std::popcount(outcomes & mask);
  const int older = std::popcount((outcomes >> half) & mask);
  const double change = static_cast<double>(newer - older) / half;
  if (change >= kStep) return Trend::Rising;
  if (change <= -kStep) return Trend::Falling;
  return Trend::Steady;
}

std::string_view name_of(Trend trend) {
  constexpr std::array<std::string_view, 4> kNames{"unknown", "rising", "steady", "falling"};
  return kNames[static_cast<std::size_t>(trend)];
}

bool is_rapid_guess(const Event& event, std::int32_t item_median_ms) {
  if (event.response_ms == kNoResponseTime || is_right(event)) return false;
  return event.response_ms < std::max(kFloorMs, item_median_ms / kPartOfMedian);
}

void SkillRecord::suppose(bool right_answer) {
  ++answers;
  right += right_answer ? 1 : 0;
  streak = next_streak(streak, right_answer);
  outcomes = pushed(outcomes, right_answer);
}

void LearningRecord::observe(const Event& event, const AnswerNote& note) {
  const bool right = is_right(event);
  const auto hints = static_cast<std::uint32_t>(std::max(0, note.hints_used));
  ++answers_;
  right_ += right ? 1 : 0;
  hints_ += hints;
  streak_ = next_streak(streak_, right);
  last_at_ = later(last_at_, event.at);
  const bool rapid = is_rapid_guess(event, note.item_median_ms);
  rapid_ += rapid ? 1 : 0;
  recent_rapid_ = pushed(recent_rapid_, rapid) & kRecentMask;
  recent_timed_ = pushed(recent_timed_, event.response_ms != kNoResponseTime) & kRecentMask;
  recent_wrong_ = pushed(recent_wrong_, !right) & kRecentMask;

  for (const SkillId id : event.skills) {
    SkillRecord& skill = skills_[id];
    skill.suppose(right);
    skill.hints += hints;
    const bool goes_on = skill.last_answer != 0 && skill.last_answer + 1 == answers_;
    skill.run = goes_on ? skill.run + 1 : 1;
    skill.last_answer = answers_;
    skill.last_at = later(skill.last_at, event.at);
    if (skill.attempts.size() == kKeptAttempts) skill.attempts.pop_back();
    skill.attempts.insert(
        skill.attempts.begin(),
        Attempt{.event_id = note.event_id, .item = event.item, .correct = right, .at = event.at});
  }
  ItemRecord& item = items_[event.item];
  ++item.times;
  item.last_answer = answers_;
  item.last_at = later(item.last_at, event.at);
  item.last_correct = right;
}

int LearningRecord::recent_answers() const {
  return static_cast<int>(std::min<std::uint32_t>(answers_, kRecentAnswers));
}

const SkillRecord& LearningRecord::skill(SkillId skill) const {
  static const SkillRecord never;
  const auto found = skills_.find(skill);
  return found == skills_.end() ? never : found->second;
}

const ItemRecord& LearningRecord::item(ItemId item) const {
  static const ItemRecord never;
  const auto found = items_.find(item);
  return found == items_.end() ? never : found->second;
}

void SupposedRecord::suppose(const Event& event) {
  for (const SkillId id : event.skills) {
    auto found = std::find_if(changed_.begin(), changed_.end(),
                              [id](const Changed& changed) { return changed.id == id; });
    if (found == changed_.end()) {
      changed_.push_back({.id = id, .record = real_->skill(id)});
      found = changed_.end() - 1;
    }
    found->record.suppose(is_right(event));
  }
}

const SkillRecord& SupposedRecord::skill(SkillId skill) const {
  for (const Changed& changed : changed_) {
    if (changed.id == skill) return changed.record;
  }
  return real_->skill(skill);
}

}  // namespace meno
