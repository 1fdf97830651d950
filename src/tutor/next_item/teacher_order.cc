#include "tutor/next_item/teacher_order.h"

#include <algorithm>

namespace meno {
namespace {

bool mastered(const Learner& learner, const TutorCourse& course, SkillId skill,
              const NextItemRules& rules) {
  return mastery_of(std::span(&skill, 1), learner.tracker, learner.record, course.probes(),
                    learner.now, rules.mastery)
             .front()
             .state == MasteryState::Mastered;
}

/// A skill that will not be mastered for now does not hold up the rest.
bool turn_is_over(const Learner& learner, SkillId skill, const NextItemRules& rules) {
  if (learner.record.skill(skill).answers >= static_cast<std::uint32_t>(rules.order_attempts))
    return true;
  if (rules.due.empty() || learner.now == kNoTime) return false;
  const DueDate& due = rules.due[skill.value];
  return due.at != kNoTime && due.skill == skill && due.at < learner.now;
}

bool has_any(std::span<const SkillId> skills, std::span<const SkillId> wanted) {
  return std::any_of(skills.begin(), skills.end(), [wanted](SkillId skill) {
    return std::find(wanted.begin(), wanted.end(), skill) != wanted.end();
  });
}

std::vector<ItemId> items_with(std::span<const ItemId> candidates, const TutorCourse& course,
                               std::span<const SkillId> with, std::span<const SkillId> without) {
  std::vector<ItemId> items;
  for (const ItemId item : candidates) {
    const auto skills = course.course().skills_of(item);
    if (has_any(skills, with) && !has_any(skills, without)) items.push_back(item);
  }
  return items;
}

}  // namespace

OrderedWork ordered_work(const Learner& learner, const TutorCourse& course,
                         std::span<const ItemId> candidates, const NextItemRules& rules) {
  SkillId passed_over;
  for (std::size_t k = 0; k < rules.order.size(); ++k) {
    const auto now = rules.order.subspan(k, 1);
    if (mastered(learner, course, now.front(), rules)) continue;
    if (turn_is_over(learner, now.front(), rules)) {
      passed_over = now.front();
      continue;
    }
    std::vector<ItemId> items = items_with(candidates, course, now, rules.order.subspan(k + 1));
    if (items.empty()) items = items_with(candidates, course, now, {});
    if (!items.empty())
      return {.skill = now.front(), .passed_over = passed_over, .items = std::move(items)};
  }
  return {};
}

}  // namespace meno
