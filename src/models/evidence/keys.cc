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

/// The item, or the skills, answered `back` answers before the last, with its result; 0 for none.
std::int64_t past_item(const StudentState& student, std::size_t back) {
  const PastAnswer& past = student.past[back];
  return student.answers > static_cast<int>(back) ? id(past.item * 2) + past.right + 1 : 0;
}
std::int64_t past_skill(const StudentState& student, std::size_t back) {
  const PastAnswer& past = student.past[back];
  return student.answers > static_cast<int>(back) ? id(past.skills * 2) + past.right + 1 : 0;
}

/// Place in a run of the same item, and the last answer in it; 0 outside one.
std::int64_t run_place(const Situation& now) { return std::min(now.item_run, 12); }
std::int64_t run_last(const StudentState& student, const Situation& now) {
  return now.same_item ? student.past[0].right + 1 : 0;
}

}  // namespace

ItemSituation situation_of(const StudentState& student, ItemId item) {
  ItemSituation now;
  const ItemState* const met = student.items.find(item.value);
  if (met != nullptr) now.item = *met;
  now.item_key = item.value;
  now.same_item = student.answers > 0 && student.past[0].item == now.item_key;
  now.item_run = now.same_item ? student.item_run : 0;
  now.wrong_run = now.same_item ? student.wrong_run : 0;
  return now;
}

Situation situation_of(const StudentState& student, ItemId item, std::span<const SkillId> skills) {
  Situation now{situation_of(student, item), joined(student, skills)};
  now.skills_key = skills_key(skills);
  now.same_skill = student.answers > 0 && student.past[0].skills == now.skills_key;
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

void set_item_keys(const StudentState& student, const Situation& now, Keys& keys) {
  const std::int64_t item = id(now.item_key);
  const SkillState& s = now.skill;
  const std::int64_t item_last = now.item.answers > 0 ? now.item.recent[0] + 2 : 0;
  keys.count[kItem] = key(2, {item});
  keys.count[kItemAttempt] = key(3, {item, std::min(now.item.answers, 4), item_last});
  keys.count[kItemAfter] = key(4, {item, past_item(student, 0)});
  keys.count[kItemRun] = key(8, {item, run_place(now), run_last(student, now)});
  keys.residual[0] = key(11, {item});
  keys.residual[1] = mix64(keys.count[kItemAttempt] + 12);
  keys.residual[2] = mix64(keys.count[kItemAfter] + 13);
  keys.residual[3] = key(14, {item, past_item(student, 1)});
  keys.residual[4] = key(15, {item, past_item(student, 2)});
  keys.residual[6] = mix64(keys.count[kItemRun] + 17);
  keys.residual[8] =
      key(19, {item, pattern(student.recent[0], student.recent[1], student.recent[2])});
  keys.residual[kItemAbility] = item_ability_key(now.item_key, ability_class(student, now));
  keys.residual[13] = key(24, {item, s.recent[0], s.recent[1]});
}

void set_skill_keys(const StudentState& student, const Situation& now, Keys& keys) {
  const std::int64_t skill = id(now.skills_key);
  const SkillState& s = now.skill;
  const auto answers = static_cast<std::int64_t>(s.answers);
  const auto streak = static_cast<std::int64_t>(std::clamp(s.streak, -5.0F, 5.0F));
  keys.count[kSkill] = key(1, {skill});
  keys.count[kSkillRecent] = key(6, {skill, pattern(s.recent[0], s.recent[1], s.recent[2])});
  keys.count[kSkillAttempt] = key(7, {skill, std::min<std::int64_t>(answers, 12), s.recent[0]});
  keys.count[kSkillRun] =
      key(9, {skill, run_place(now), run_last(student, now), now.same_skill ? 1 : 0});
  keys.residual[5] = mix64(keys.count[kSkillRecent] + 16);
  keys.residual[7] = mix64(keys.count[kSkillRun] + 18);
  keys.residual[9] = key(20, {skill, past_skill(student, 0)});
  keys.residual[10] = key(21, {past_item(student, 0)});
  keys.residual[11] = key(22, {skill, streak, std::min<std::int64_t>(answers, 8)});
  keys.residual[14] = key(25, {skill, past_skill(student, 1)});
}

Keys keys_of(const StudentState& student, const Situation& now) {
  Keys keys;
  set_item_keys(student, now, keys);
  set_skill_keys(student, now, keys);
  return keys;
}

}  // namespace meno::evidence
