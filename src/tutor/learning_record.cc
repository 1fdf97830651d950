#include "tutor/learning_record.h"

#include <algorithm>
#include <cmath>

#include "models/bytes.h"

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

// The fields of a record in one order for both directions.

template <class Io>
void visit(Io& io, std::string& text) {
  io.text(text);
}

template <class Io>
void visit(Io& io, TimePoint& time) {
  std::int64_t ms = time.time_since_epoch().count();
  io.value(ms);
  time = TimePoint(std::chrono::milliseconds(ms));
}

template <class Io>
void visit(Io& io, bool& flag) {
  std::uint8_t byte = flag ? 1 : 0;
  io.value(byte);
  flag = byte != 0;
}

template <class Io>
void visit(Io& io, Attempt& attempt) {
  visit(io, attempt.event_id);
  io.value(attempt.item.value);
  visit(io, attempt.correct);
  visit(io, attempt.at);
}

template <class Io>
void visit(Io& io, SkillRecord& skill) {
  io.value(skill.answers);
  io.value(skill.right);
  io.value(skill.hints);
  io.value(skill.streak);
  io.value(skill.run);
  io.value(skill.last_answer);
  visit(io, skill.last_at);
  io.value(skill.outcomes);
  skill.attempts.resize(io.size(skill.attempts.size()));
  for (Attempt& attempt : skill.attempts) visit(io, attempt);
}

template <class Io>
void visit(Io& io, ItemRecord& item) {
  io.value(item.times);
  io.value(item.last_answer);
  visit(io, item.last_at);
  visit(io, item.last_correct);
}

class BytesOut {
 public:
  explicit BytesOut(std::string& bytes) : bytes_(bytes) {}
  template <class T>
  void value(T& v) {
    append_bytes(bytes_, v);
  }
  std::uint32_t size(std::size_t n) {
    const auto size = static_cast<std::uint32_t>(n);
    append_bytes(bytes_, size);
    return size;
  }
  void text(const std::string& text) {
    size(text.size());
    bytes_ += text;
  }
  template <class Key, class Value>
  void map(const std::unordered_map<Key, Value>& values) {
    size(values.size());
    for (const auto& [key, value] : values) {
      append_bytes(bytes_, key.value);
      Value copy = value;
      visit(*this, copy);
    }
  }

 private:
  std::string& bytes_;
};

class BytesIn {
 public:
  explicit BytesIn(std::string_view& bytes) : bytes_(bytes) {}
  template <class T>
  void value(T& v) {
    sound_ = take_bytes(bytes_, v) && sound_;
  }
  /// Never more than there are bytes for.
  std::uint32_t size(std::size_t /*unknown*/) {
    std::uint32_t size = 0;
    value(size);
    if (size > bytes_.size()) sound_ = false;
    return sound_ ? size : 0;
  }
  void text(std::string& text) {
    const std::uint32_t length = size(0);
    text.assign(bytes_.substr(0, length));
    bytes_.remove_prefix(length);
  }
  template <class Key, class Value>
  void map(std::unordered_map<Key, Value>& values) {
    values.clear();
    for (std::uint32_t left = size(0); left > 0 && sound_; --left) {
      Key key;
      value(key.value);
      visit(*this, values[key]);
    }
  }
  bool sound() const { return sound_; }

 private:
  std::string_view& bytes_;
  bool sound_ = true;
};

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

template <class Io, class Record>
void LearningRecord::visit_all(Io& io, Record& record) {
  io.value(record.answers_);
  io.value(record.right_);
  io.value(record.hints_);
  io.value(record.rapid_);
  io.value(record.streak_);
  visit(io, record.last_at_);
  io.value(record.recent_rapid_);
  io.value(record.recent_timed_);
  io.value(record.recent_wrong_);
  io.map(record.skills_);
  io.map(record.items_);
}

void LearningRecord::save(std::string& bytes) const {
  BytesOut out(bytes);
  LearningRecord copy = *this;
  visit_all(out, copy);
}

bool LearningRecord::restore(std::string_view& bytes) {
  BytesIn in(bytes);
  visit_all(in, *this);
  return in.sound();
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
