// Planner: which skills to practise, in which order, to know a goal best when the budget is spent.
//
// The belief over the student becomes a small deterministic problem over the skills that matter
// (the goals and what they rest on). Two theories of learning stand side by side in it, since no
// record says which is true of a student. Under the first (practice) an answer adds to a skill's
// level, in logits,
//   gain_s r / (n + 1)^power,  or  gain_s r kept^n  where `kept` is set,
// r = 1 + ready_effect (2 ready - 1), ready the least P(right) among its prerequisites within the
// problem, n the answers so far. Under the second (persistence) it teaches a share of what is
// missing,
//   P += rate r (1 - P) / (n + 1)^tire,
// so that a skill still answered wrongly stays worth practising, as where learning is all or
// nothing. The goals' value is the mean of both, weighted by how far each is believed,
//   V = mean over goals of E[min(P(right), mastery_at)],
// so that practice of what is mastered already is worth nothing. A resource costs its time before
// the first answer on its skill and adds nothing: what it gains is not known. A beam search builds
// the path: each candidate is judged by V at the end of the horizon after completing it greedily (a
// rollout), so that practice of a prerequisite, which gains nothing at once, is seen for what it
// opens. Partial paths with the same counts are the same for the beam, which keeps the better. The
// horizon recedes: after every answer the belief is new, and so is the path. Sources: law of
// practice, Newell & Rosenbloom 1981, and Heathcote, Brown & Mewhort 2000 (exponential); linear
// operator, Bush & Mosteller 1951; rollout, Tesauro & Galperin 1996 (NIPS) and Bertsekas 2013; beam
// search, Lowerre 1976; certainty equivalence within the horizon, Bertsekas 2005.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace meno {

/// `kept` of the exponential law that Meno plans by; found by validation (docs/paths.md).
inline constexpr double kKeptOfPractice = 0.65;
/// What is believed of persistence before a student has answered: neither theory is preferred.
inline constexpr double kPersistencePrior = 0.5;

/// One skill of the problem. Levels are logits of P(right) on a standard item.
struct PlanSkill {
  double mean = 0.0;
  double variance = 0.5;
  double recent = 0.0;  // logits that recent answers add to `mean` under persistence
  double answers = 0.0;
  double gain = 0.15;  // of the first answer
  double seconds = 30.0;
  double study_seconds = 0.0;        // of a resource before the path's first answer on it
  double goal = 0.0;                 // weight among the goals; 0: only what goals rest on
  bool practisable = true;           // has items
  std::vector<std::uint32_t> needs;  // indices into the problem's skills, acyclic
};

struct PlanProblem {
  std::vector<PlanSkill> skills;
  double ready_effect = 0.0;
  double power = 1.0;
  double kept = 0.0;         // in (0, 1): the exponential law; 0: the power law
  double persistence = 0.0;  // weight of the second theory, in [0, 1]
  double rate = 0.2;         // these two by validation on simulated schools (docs/paths.md)
  double tire = 0.5;
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
  double p_correct = 0.5;      // expected of this answer
  double seconds = 0.0;        // of the answer
  double study_seconds = 0.0;  // of the resource before it
  double p_after = 0.5;        // P(right) on the skill after it
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
