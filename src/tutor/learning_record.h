// LearningRecord: what the tutor remembers of one student beside the Tracker: counts, times,
// streaks and the last few attempts that a reason can point at. Updated in O(1) per answer and
// rebuilt by replaying the store.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/event.h"

namespace meno {

/// How many attempts per skill are kept as evidence.
inline constexpr std::size_t kKeptAttempts = 3;

/// How many of the latest answers the recent counters look back on.
inline constexpr int kRecentAnswers = 20;

/// One past answer, as a reason shows it.
struct Attempt {
  std::string event_id;  // the platform's own id of the answer
  ItemId item;
  bool correct = false;  // soft answers count as right from .5 on
  TimePoint at = kNoTime;
};

/// Where a skill is heading, from the latest answers alone.
enum class Trend { Unknown, Rising, Steady, Falling };

/// The trend's name in replies, e.g. "rising".
std::string_view name_of(Trend trend);

/// What is remembered of one skill.
struct SkillRecord {
  std::uint32_t answers = 0;
  std::uint32_t right = 0;
  std::uint32_t hints = 0;
  std::int32_t streak = 0;  // right answers in a row if > 0, wrong ones in a row if < 0
  std::uint32_t run =
      0;  // how many of the student's answers in a row, up to `last_answer`, were on this skill
  std::uint32_t last_answer =
      0;  // number of the student's answer that was the last on this skill, from 1; 0 = never
  TimePoint last_at = kNoTime;    // the latest known time
  std::uint32_t outcomes = 0;     // the last 32 answers, newest in bit 0; 1 = right
  std::vector<Attempt> attempts;  // the last kKeptAttempts, newest first

  /// Takes one more answer into account as if it had always been part of the past: counts, streak
  /// and outcomes change; what was practised last, and when, does not.
  void suppose(bool right_answer);
  /// The newer against the older half of the last ten answers: Rising or Falling when the share of
  /// right answers differs by .3 or more, Unknown below six answers.
  Trend trend() const;
};

/// What is remembered of one item.
struct ItemRecord {
  std::uint32_t times = 0;
  std::uint32_t last_answer = 0;  // number of the student's answer, from 1
  TimePoint last_at = kNoTime;
  bool last_correct = false;
};

/// What comes with an answer beyond the Event.
struct AnswerNote {
  std::string event_id;
  int hints_used = 0;
  std::int32_t item_median_ms =
      kNoResponseTime;  // median response time of the item over all students (ResponseTimes)
};

/// A wrong answer faster than anyone could read the item: below the larger of 1.5 s and a tenth of
/// the item's median. False without a response time. Source: the normative threshold NT10 of Wise &
/// Ma 2012 (NCME), with a floor of our own because items without a median yet still deserve one.
bool is_rapid_guess(const Event& event, std::int32_t item_median_ms);

/// One student's record. Memory grows with skills and items met, not with answers. Not thread-safe:
/// one owner.
class LearningRecord {
 public:
  /// Takes one answer into account, in O(skills of the event).
  void observe(const Event& event, const AnswerNote& note);

  std::uint32_t answers() const { return answers_; }
  std::uint32_t right() const { return right_; }
  std::uint32_t hints() const { return hints_; }
  TimePoint last_at() const { return last_at_; }
  /// Right answers in a row if > 0, wrong ones if < 0.
  std::int32_t streak() const { return streak_; }

  /// All rapid guesses, and those among the last kRecentAnswers.
  std::uint32_t rapid_guesses() const { return rapid_; }
  int recent_rapid_guesses() const { return std::popcount(recent_rapid_); }
  /// How many of the last kRecentAnswers there are, came with a response time, were wrong.
  int recent_answers() const;
  int recent_timed() const { return std::popcount(recent_timed_); }
  int recent_wrong() const { return std::popcount(recent_wrong_); }

  /// The record of a skill; an empty one when never met.
  const SkillRecord& skill(SkillId skill) const;
  /// The record of an item; an empty one when never met.
  const ItemRecord& item(ItemId item) const;
  const std::unordered_map<SkillId, SkillRecord>& skills() const { return skills_; }
  const std::unordered_map<ItemId, ItemRecord>& items() const { return items_; }

  /// Appends the record to `bytes`, for snapshots.
  void save(std::string& bytes) const;
  /// Takes what save() appended from the front of `bytes`; false when they are no such record.
  bool restore(std::string_view& bytes);

 private:
  template <class Io, class Record>
  static void visit_all(Io& io, Record& record);

  std::unordered_map<SkillId, SkillRecord> skills_;
  std::unordered_map<ItemId, ItemRecord> items_;
  std::uint32_t answers_ = 0;
  std::uint32_t right_ = 0;
  std::uint32_t hints_ = 0;
  std::uint32_t rapid_ = 0;
  std::int32_t streak_ = 0;
  TimePoint last_at_ = kNoTime;
  std::uint32_t recent_rapid_ = 0;  // the last kRecentAnswers, newest in bit 0
  std::uint32_t recent_timed_ = 0;
  std::uint32_t recent_wrong_ = 0;
};

/// A record to which answers are added that never happened: for "had you had one more right answer
/// ..." questions. A view: the real record must outlive it and stay as it is.
class SupposedRecord {
 public:
  explicit SupposedRecord(const LearningRecord& real) : real_(&real) {}

  /// Adds one answer by SkillRecord::suppose.
  void suppose(const Event& event);

  const SkillRecord& skill(SkillId skill) const;
  /// Everything that supposed answers do not change.
  const LearningRecord& real() const { return *real_; }

 private:
  struct Changed {
    SkillId id;
    SkillRecord record;
  };
  const LearningRecord* real_;
  std::vector<Changed> changed_;  // the skills of a few answers: searched from front to back
};

}  // namespace meno
