#include "models/evidence/student_state.h"

#include <algorithm>
#include <cmath>

namespace meno::evidence {
namespace {

constexpr std::uint32_t kNoSkill = 0xfffffffeU;  // stands for "no skill is known" as if it were one
constexpr auto kSessionGap = std::chrono::minutes(30);

float next_streak(float streak, bool right) {
  if (right) return streak > 0.0F ? streak + 1.0F : 1.0F;
  return streak < 0.0F ? streak - 1.0F : -1.0F;
}

template <std::size_t N>
void push_front(std::array<std::int8_t, N>& recent, bool right) {
  std::copy_backward(recent.begin(), recent.end() - 1, recent.end());
  recent[0] = right ? 1 : -1;
}

void observe_skill(SkillState& skill, const StudentState& student, const Event& event,
                   const Forecast& forecast) {
  const float y = event.correct;
  const bool right = y >= .5F;
  for (std::size_t k = 0; k < kSkillDecays.size(); ++k)
    skill.residual[k].add(kSkillDecays[k], y - forecast.item);
  for (std::size_t k = 0; k < kEloDecays.size(); ++k)
    skill.elo_residual[k].add(kEloDecays[k], y - forecast.elo_fast);
  skill.ability[0] += (.1F + .8F / (1.0F + .3F * skill.answers)) * (y - forecast.elo_slow) * .5F;
  skill.ability[1] += .4F * (y - forecast.elo_fast);
  skill.streak = next_streak(skill.streak, right);
  push_front(skill.recent, right);
  skill.answers += 1.0F;
  skill.right += y;
  skill.last = student.answers;
  skill.at = event.at;
}

void observe_item(ItemState& item, const StudentState& student, const Event& event) {
  const bool right = event.correct >= .5F;
  push_front(item.recent, right);
  ++item.answers;
  item.right += right ? 1 : 0;
  item.last = student.answers;
  item.at = event.at;
}

void observe_runs(StudentState& student, const Event& event) {
  const bool right = event.correct >= .5F;
  const std::uint64_t skills = skills_key(event.skills);
  const bool any = student.answers > 0;
  if (!any || student.past[0].item != event.item.value) student.item_run = student.wrong_run = 0;
  if (!any || student.past[0].skills != skills) student.skill_run = 0;
  ++student.item_run;
  ++student.skill_run;
  student.wrong_run += right ? 0 : 1;
  student.right += right ? 1 : 0;
  student.streak = static_cast<int>(next_streak(static_cast<float>(student.streak), right));
  student.past[2] = student.past[1];
  student.past[1] = student.past[0];
  student.past[0] = {.item = event.item.value, .skills = skills, .right = right};
  push_front(student.recent, right);
}

void observe_time(StudentState& student, const Event& event) {
  if (event.at != kNoTime) {
    const bool same = student.at != kNoTime && event.at - student.at < kSessionGap;
    student.session_answers = same ? student.session_answers + 1 : 1;
    student.at = event.at;
  }
  if (event.response_ms <= 0) return;
  const float log_s = std::log(static_cast<float>(event.response_ms) / 1000.0F);
  const float rate = 1.0F / static_cast<float>(std::min(student.responses + 1, 20));
  student.log_response_last = student.responses > 0 ? log_s - student.log_response_mean : 0.0F;
  student.log_response_mean += rate * (log_s - student.log_response_mean);
  ++student.responses;
}

void add_to(SkillState& sum, const SkillState& one, float share) {
  sum.answers += share * one.answers;
  sum.right += share * one.right;
  for (std::size_t k = 0; k < sum.residual.size(); ++k) {
    sum.residual[k].sum += share * one.residual[k].sum;
    sum.residual[k].weight += share * one.residual[k].weight;
  }
  for (std::size_t k = 0; k < sum.elo_residual.size(); ++k) {
    sum.elo_residual[k].sum += share * one.elo_residual[k].sum;
    sum.elo_residual[k].weight += share * one.elo_residual[k].weight;
  }
  for (std::size_t k = 0; k < sum.ability.size(); ++k) sum.ability[k] += share * one.ability[k];
  if (one.last < sum.last || one.last < 0) return;
  sum.last = one.last;
  sum.streak = one.streak;
  sum.recent = one.recent;
  sum.at = one.at;
}

}  // namespace

std::uint64_t skills_key(std::span<const SkillId> skills) {
  if (skills.empty()) return kNoSkill;
  if (skills.size() == 1) return skills[0].value;
  std::uint64_t key = skills.size();
  for (const SkillId skill : skills) key = mix64(key ^ mix64(skill.value));
  return key;
}

SkillState joined(const StudentState& student, std::span<const SkillId> skills) {
  if (skills.size() <= 1) {
    const SkillState* const one = student.skills.find(skills.empty() ? kNoSkill : skills[0].value);
    return one == nullptr ? SkillState{} : *one;
  }
  SkillState sum;
  for (const SkillId skill : skills) {
    const SkillState* const one = student.skills.find(skill.value);
    if (one != nullptr) add_to(sum, *one, 1.0F / static_cast<float>(skills.size()));
  }
  return sum;
}

void observe(StudentState& student, const Event& event, const Forecast& forecast) {
  const float y = event.correct;
  for (std::size_t k = 0; k < kStudentDecays.size(); ++k)
    student.residual[k].add(kStudentDecays[k], y - forecast.item);
  for (std::size_t k = 0; k < kEloDecays.size(); ++k)
    student.elo_residual[k].add(kEloDecays[k], y - forecast.elo_fast);
  for (std::size_t k = 0; k < kContextDecays.size(); ++k)
    student.context_residual[k].add(kContextDecays[k], y - forecast.context);
  student.ability[0] += (.05F + .6F / (1.0F + .1F * static_cast<float>(student.answers))) *
                        (y - forecast.elo_slow) * .5F;
  student.ability[1] += .08F * (y - forecast.elo_fast);

  if (event.skills.empty()) observe_skill(student.skills[kNoSkill], student, event, forecast);
  for (const SkillId skill : event.skills)
    observe_skill(student.skills[skill.value], student, event, forecast);
  ItemState& item = student.items[event.item.value];
  observe_item(item, student, event);
  observe_runs(student, event);
  student.repeated = .9F * student.repeated + .1F * (item.answers > 1 ? 1.0F : 0.0F);
  observe_time(student, event);
  ++student.answers;
}

}  // namespace meno::evidence
