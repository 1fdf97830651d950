// Keys: under which contexts the training students' answers are looked up. Two kinds of tables
// share one key space: count tables hold (right, all), residual tables hold (sum of y - p, sum of p
// (1 - p)) of an Elo forecast p.
#pragma once

#include <array>
#include <cstdint>

#include "models/evidence/student_state.h"

namespace meno::evidence {

/// Tables of counts.
inline constexpr std::size_t kSkill = 0;
inline constexpr std::size_t kItem = 1;
inline constexpr std::size_t kItemAttempt = 2;   // item x attempts x last answer on it
inline constexpr std::size_t kItemAfter = 3;     // item | previous (item, answer)
inline constexpr std::size_t kSkillRecent = 4;   // skill x last three answers on it
inline constexpr std::size_t kSkillAttempt = 5;  // skill x answers so far x last
inline constexpr std::size_t kItemRun = 6;       // item x place in the run of this item x last
inline constexpr std::size_t kSkillRun = 7;  // skill x place in the item's run x last x same skill
inline constexpr std::size_t kCounts = 8;

/// Number of residual tables; keys.cc names them.
inline constexpr std::size_t kResiduals = 15;

struct Keys {
  std::array<std::uint64_t, kCounts> count{};
  std::array<std::uint64_t, kResiduals> residual{};
};

/// The keys that depend on the target's item; the others are the same for all items of the same
/// skills, but for the item answered last (`same_item`).
inline constexpr std::size_t kItemCounts[] = {kItem, kItemAttempt, kItemAfter, kItemRun};
inline constexpr std::size_t kSkillCounts[] = {kSkill, kSkillRecent, kSkillAttempt, kSkillRun};
inline constexpr std::size_t kItemResiduals[] = {0, 1, 2, 3, 4, 6, 8, 12, 13};
inline constexpr std::size_t kSkillResiduals[] = {5, 7, 9, 10, 11, 14};

/// Where the student stands relative to a target's item.
struct ItemSituation {
  ItemState item;
  std::uint64_t item_key = 0;
  bool same_item = false;  // as the last answer
  int item_run = 0;        // length of the current run if same_item, else 0
  int wrong_run = 0;
};

/// Where the student stands relative to the target, found once and used by keys and features.
struct Situation : ItemSituation {
  SkillState skill;  // joined over the target's skills
  std::uint64_t skills_key = 0;
  bool same_skill = false;  // as the last answer
  int skill_run = 0;
};

ItemSituation situation_of(const StudentState& student, ItemId item);
Situation situation_of(const StudentState& student, ItemId item, std::span<const SkillId> skills);

/// The keys that describe the target before its answer.
Keys keys_of(const StudentState& student, const Situation& now);
/// One half of them each; the other is left as it is.
void set_item_keys(const StudentState& student, const Situation& now, Keys& keys);
void set_skill_keys(const StudentState& student, const Situation& now, Keys& keys);

/// Which of four classes the student's fast ability falls in; the index of kItemAbility's key.
int ability_class(const StudentState& student, const Situation& situation);

/// The one residual key that depends on abilities, and so on the statistics themselves: item x
/// ability class.
inline constexpr std::size_t kItemAbility = 12;
inline constexpr int kAbilityClasses = 4;
std::uint64_t item_ability_key(std::uint64_t item, int ability);

}  // namespace meno::evidence
