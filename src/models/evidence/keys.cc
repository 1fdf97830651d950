#include "models/evidence/keys.h"

#include <algorithm>
#include <initializer_list>

namespace meno::evidence {
namespace {

/// A key from a table number and the values that make the context.
std::uint64_t key(std::uint64_t table, std::initializer_list<std::int64_t> values) {
  std::uint64_t hash = mix64(table);
  for (const std::int64_t value : values)
    hash = mix64(hash ^ static_cast<std::uint64_t>(value + 1));
  return hash;
}

std::int64_t id(std::uint64_t value) { return static_cast<std::int64_t>(value); }

/// Three answers as one number in [0, 27).
std::int64_t pattern(std::int8_t newest, std::int8_t second, std::int8_t third) {
  return (newest + 1) * 9 + (second + 1) * 3 + third + 1;
}

}  // namespace

Situation situation_of(const StudentState& student, ItemId item, std::span<const SkillId> skills) {
  Situation now;
  now.skill = joined(student, skills);
  const ItemState* const met = student.items.find(item.value);
  if (met != nullptr) now.item = *met;
  now.item_key = item.value;
  now.skills_key = skills_key(skills);
  const bool any = student.answers > 0;
  now.same_item = any && student.past[0].item == now.item_key;
  now.same_skill = any && student.past[0].skills == now.skills_key;
  now.item_run = now.same_item ? student.item_run : 0;
  now.wrong_run = now.same_item ? student.wrong_run : 0;
  now.skill_run = now.same_skill ? student.skill_run : 0;
  return now;
}

int ability_class(const StudentState& student, const Situation& situation) {
  const float ability = student.ability[1] + situation.skill.ability[1];
  if (ability < -.8F) return 0;
  if (ability < 0.0F) return 1;
  return ability < .8F ? 2 : 3;
}

std::uint64_t item_ability_key(std::uint64_t item, int ability) {
  return key(23, {id(item), ability});
}

Keys keys_of(const StudentState& student, const Situation& now) {
  const std::int64_t item = id(now.item_key);
  const std::int64_t skill = id(now.skills_key);
  const SkillState& s = now.skill;
  const int run = std::min(now.item_run, 12);
  const int last = now.same_item ? student.past[0].right + 1 : 0;
  const auto skill_answers = static_cast<std::int64_t>(s.answers);
  std::array<std::int64_t, 3> past_item{};
  std::array<std::int64_t, 3> past_skill{};
  for (std::size_t j = 0; j < 3; ++j) {
    const PastAnswer& past = student.past[j];
    const bool there = student.answers > static_cast<int>(j);
    past_item[j] = there ? id(past.item * 2) + past.right + 1 : 0;
    past_skill[j] = there ? id(past.skills * 2) + past.right + 1 : 0;
  }
  const std::int64_t item_last = now.item.answers > 0 ? now.item.recent[0] + 2 : 0;
  const std::int64_t skill_pattern = pattern(s.recent[0], s.recent[1], s.recent[2]);
  const auto streak = static_cast<std::int64_t>(std::clamp(s.streak, -5.0F, 5.0F));

  Keys keys;
  keys.count[kSkill] = key(1, {skill});
  keys.count[kItem] = key(2, {item});
  keys.count[kItemAttempt] = key(3, {item, std::min(now.item.answers, 4), item_last});
  keys.count[kItemAfter] = key(4, {item, past_item[0]});
  keys.count[kSkillRecent] = key(6, {skill, skill_pattern});
  keys.count[kSkillAttempt] =
      key(7, {skill, std::min<std::int64_t>(skill_answers, 12), s.recent[0]});
  keys.count[kItemRun] = key(8, {item, run, last});
  keys.count[kSkillRun] = key(9, {skill, run, last, now.same_skill ? 1 : 0});

  keys.residual = {
      key(11, {item}),
      mix64(keys.count[kItemAttempt] + 12),
      mix64(keys.count[kItemAfter] + 13),
      key(14, {item, past_item[1]}),
      key(15, {item, past_item[2]}),
      mix64(keys.count[kSkillRecent] + 16),
      mix64(keys.count[kItemRun] + 17),
      mix64(keys.count[kSkillRun] + 18),
      key(19, {item, pattern(student.recent[0], student.recent[1], student.recent[2])}),
      key(20, {skill, past_skill[0]}),
      key(21, {past_item[0]}),
      key(22, {skill, streak, std::min<std::int64_t>(skill_answers, 8)}),
      item_ability_key(now.item_key, ability_class(student, now)),
      key(24, {item, s.recent[0], s.recent[1]}),
      key(25, {skill, past_skill[1]}),
  };
  return keys;
}

}  // namespace meno::evidence
