#include "tutor/path/planner.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "models/link.h"
#include "tutor/path/practice_belief.h"

namespace meno {
namespace {

PlanSkill skill(double mean, double gain, double goal, std::vector<std::uint32_t> needs = {}) {
  return {.mean = mean,
          .variance = 0.3,
          .answers = 1.0,
          .gain = gain,
          .seconds = 30.0,
          .goal = goal,
          .needs = std::move(needs)};
}

/// The goals' mean P(right) after practising `path`, worked out by the formulas of planner.h.
double value_of(const PlanProblem& problem, const std::vector<std::size_t>& path) {
  std::vector<double> mean;
  std::vector<double> answers;
  for (const PlanSkill& one : problem.skills) {
    mean.push_back(one.mean);
    answers.push_back(one.answers);
  }
  for (const std::size_t s : path) {
    const PlanSkill& one = problem.skills[s];
    double ready = one.needs.empty() ? 0.5 : 1.0;
    for (const std::uint32_t need : one.needs)
      ready = std::min(ready, mean_sigmoid(mean[need], problem.skills[need].variance));
    mean[s] += one.gain * (1.0 + problem.ready_effect * (2.0 * ready - 1.0)) / (answers[s] + 1.0);
    answers[s] += 1.0;
  }
  double value = 0.0;
  double weight = 0.0;
  for (std::size_t s = 0; s < mean.size(); ++s) {
    const double far = std::sqrt(3.0 * problem.skills[s].variance);
    value += problem.skills[s].goal *
             (4.0 * sigmoid(mean[s]) + sigmoid(mean[s] - far) + sigmoid(mean[s] + far)) / 6.0;
    weight += problem.skills[s].goal;
  }
  return value / weight;
}

/// The best of all paths of `steps` answers.
double best_of_all(const PlanProblem& problem, std::size_t steps, std::vector<std::size_t>& path) {
  if (path.size() == steps) return value_of(problem, path);
  double best = 0.0;
  for (std::size_t s = 0; s < problem.skills.size(); ++s) {
    path.push_back(s);
    best = std::max(best, best_of_all(problem, steps, path));
    path.pop_back();
  }
  return best;
}

std::vector<std::size_t> skills_of(const PlannedPath& path) {
  std::vector<std::size_t> skills;
  for (const PlannedStep& step : path.steps) skills.push_back(step.skill);
  return skills;
}

/// A goal behind a weak prerequisite, without whose practice it hardly grows.
PlanProblem gated() {
  PlanProblem problem{
      .skills = {skill(-2.0, 3.0, 0.0), skill(-1.0, 1.2, 1.0, {0}), skill(0.3, 0.15, 1.0)},
      .ready_effect = 1.0,
      .mastery_at = 1.0};
  return problem;
}

TEST(Planner, FindsTheBestOfAllShortPaths) {
  const PlanProblem problem = gated();
  for (const std::size_t steps : {1U, 2U, 4U, 6U}) {
    std::vector<std::size_t> scratch;
    const double best = best_of_all(problem, steps, scratch);
    const PlannedPath path = plan_path(problem, {.steps = steps}, {.beam = 8, .candidates = 8});
    EXPECT_NEAR(value_of(problem, skills_of(path)), best, 1e-9) << steps;
  }
}

TEST(Planner, PractisesAPrerequisiteThatOneStepAheadWouldNot) {
  const PlanProblem problem = gated();
  EXPECT_NE(best_next(problem), 0U);
  EXPECT_EQ(plan_path(problem, {.steps = 8}).steps.front().skill, 0U);
}

TEST(Planner, EndsWhereTheGoalIsMasteredAndWastesNothing) {
  PlanProblem problem{.skills = {skill(3.0, 0.5, 1.0), skill(0.6, 1.0, 1.0)}, .mastery_at = 0.75};
  const PlannedPath path = plan_path(problem, {.steps = 50});
  EXPECT_EQ(path.reached, 2U);
  EXPECT_LT(path.steps.size(), 10U);
  for (const PlannedStep& step : path.steps) EXPECT_EQ(step.skill, 1U);
}

TEST(Planner, KeepsToTheTimeThereIs) {
  PlanProblem problem = gated();
  const PlannedPath path = plan_path(problem, {.steps = 50, .seconds = 100.0});
  EXPECT_LE(path.seconds, 100.0);
  EXPECT_EQ(path.steps.size(), 3U);
}

TEST(Planner, GoesNowhereWithoutAGoalOrAnItem) {
  EXPECT_TRUE(plan_path({}, {.steps = 5}).steps.empty());
  PlanProblem problem{.skills = {skill(0.0, 0.5, 1.0)}};
  problem.skills[0].practisable = false;
  EXPECT_TRUE(plan_path(problem, {.steps = 5}).steps.empty());
  EXPECT_EQ(best_next(problem), 1U);
}

}  // namespace
}  // namespace meno
