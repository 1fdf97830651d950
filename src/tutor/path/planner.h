// Planner: which skills to practise, in which order, to know a goal best when the budget is spent.
//
// The belief over the student becomes a small deterministic problem over the skills that matter
// (the goals and what they rest on). Practice moves a skill's expected level by
//   gain_s (1 + ready_effect (2 ready - 1)) / (n + 1)^power,
// ready the least P(right) among its prerequisites within the problem; the goals' value is
//   V = mean over goals of E[min(P(right), mastery_at)],
// so that practice of what is mastered already is worth nothing. A beam search builds the path:
// each candidate is judged by V at the end of the horizon after completing it greedily (a rollout),
// so that practice of a prerequisite, which gains nothing at once, is seen for what it opens.
// Partial paths with the same counts are the same for the beam, which keeps the better. The horizon
// recedes: after every answer the belief is new, and so is the path. Sources: rollout, Tesauro &
// Galperin 1996 (NIPS) and Bertsekas 2013; beam search, Lowerre 1976; certainty equivalence within
// the horizon, Bertsekas 2005.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace meno {

/// One skill of the problem. Levels are logits of P(right) on a standard item.
struct PlanSkill {
  double mean = 0.0;
  double variance = 0.5;
  double answers = 0.0;
  double gain = 0.15;  // of the first answer
  double seconds = 30.0;
  double goal = 0.0;                 // weight among the goals; 0: only what goals rest on
  bool practisable = true;           // has items
  std::vector<std::uint32_t> needs;  // indices into the problem's skills, acyclic
};

struct PlanProblem {
  std::vector<PlanSkill> skills;
  double ready_effect = 0.0;
  double power = 1.0;
  double mastery_at = 0.8;  // 1: every gain counts, however sure the skill is
};

struct PlanBudget {
  std::size_t steps = 20;
  double seconds = 0.0;  // 0: no limit
};

struct PlanOptions {
  std::size_t beam = 4;
  std::size_t candidates = 8;  // skills tried after each partial path, by what they promise
};

struct PlannedStep {
  std::size_t skill = 0;
  double p_correct = 0.5;  // expected of this answer
  double seconds = 0.0;
  double p_after = 0.5;  // P(right) on the skill after it
};

struct PlannedPath {
  std::vector<PlannedStep> steps;
  double start = 0.0;   // mean P(right) over the goals, now
  double end = 0.0;     // and after the path, expected
  double end_sd = 0.0;  // what the belief does not know of it
  double seconds = 0.0;
  std::size_t reached = 0;  // goals whose expected P(right) is mastery_at or more at the end
};

/// Ends where every goal is expected to be mastered, or nothing more is gained. Deterministic.
PlannedPath plan_path(const PlanProblem& problem, const PlanBudget& budget,
                      const PlanOptions& options = {});

/// The skill that one answer on gains most of V at once; the problem's size when none gains.
std::size_t best_next(const PlanProblem& problem);

}  // namespace meno
