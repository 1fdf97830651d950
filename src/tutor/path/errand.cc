#include "tutor/path/errand.h"

#include <algorithm>
#include <numeric>

namespace meno {
namespace {

std::vector<SkillId> teachable(const PathWorld& world, std::span<const double> answers,
                               double least) {
  std::vector<SkillId> skills;
  for (std::size_t s = 0; s < answers.size(); ++s)
    if (answers[s] >= least && !world.items.all(SkillId(s)).empty()) skills.emplace_back(s);
  std::stable_sort(skills.begin(), skills.end(), [&world](SkillId a, SkillId b) {
    return world.position[a.value] < world.position[b.value];
  });
  return skills;
}

/// Goals first, then what they rest on, nearest first, up to the limit; sorted topologically.
std::vector<SkillId> with_needs(const PathWorld& world, const std::vector<SkillId>& goals,
                                std::size_t most) {
  std::vector<SkillId> found = goals;
  for (std::size_t k = 0; k < found.size() && found.size() < most; ++k) {
    for (const SkillId need : world.graph.prerequisites(found[k])) {
      if (found.size() == most) break;
      if (world.items.all(need).empty()) continue;
      if (std::find(found.begin(), found.end(), need) == found.end()) found.push_back(need);
    }
  }
  std::vector<SkillId> sorted;
  for (const SkillId skill : world.graph.topological_order())
    if (std::find(found.begin(), found.end(), skill) != found.end()) sorted.push_back(skill);
  return sorted;
}

}  // namespace

Errand draw_errand(const PathWorld& world, std::span<const Sequence> records,
                   std::span<const double> answers_of_skill, const ErrandRules& rules, Rng& rng) {
  Errand errand{.goals = {}, .candidates = {}, .first = {}, .seed = rng.next()};
  const std::vector<SkillId> skills = teachable(world, answers_of_skill, rules.least_answers);
  if (skills.empty()) return errand;
  const std::size_t count = std::min(rules.goals, skills.size());
  const std::size_t from = rng.below(skills.size() - count + 1);
  for (std::size_t k = 0; k < count; ++k) errand.goals.push_back(skills[from + k]);
  errand.candidates = with_needs(world, errand.goals, rules.most_candidates);
  if (records.empty()) return errand;
  const Sequence& record = records[rng.below(records.size())];
  for (std::size_t t = 0; t < std::min(rules.first_answers, record.size()); ++t)
    errand.first.push_back(record[t].item);
  return errand;
}

}  // namespace meno
