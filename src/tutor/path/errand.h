// Errands: who sets out, to which goals, and what is known of him by then. Drawn by the judge;
// every policy gets the same ones.
#pragma once

#include <vector>

#include "tutor/path/policy.h"

namespace meno {

struct ErrandRules {
  std::size_t goals = 5;
  std::size_t most_candidates = 15;  // goals and the nearest of what they rest on
  std::size_t first_answers = 10;    // answered before a policy takes over
  double least_answers = 30.0;       // in the records, of a skill that may be a goal
};

struct Errand {
  std::vector<SkillId> goals;
  std::vector<SkillId> candidates;  // topological
  std::vector<ItemId> first;        // items of the answers before, a real student's
  std::uint64_t seed = 0;           // of the simulated student
};

/// Goals are a skill at random and its neighbours in the order in which students usually meet the
/// skills, as the next unit of a course; only skills with items and enough answers. `records` are
/// students who are neither in a family nor in the world. Empty goals where the course has no such
/// skill.
Errand draw_errand(const PathWorld& world, std::span<const Sequence> records,
                   std::span<const double> answers_of_skill, const ErrandRules& rules, Rng& rng);

}  // namespace meno
