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
  std::vector<double> persistent;
  std::vector<double> answers;
  for (const PlanSkill& one : problem.skills) {
    mean.push_back(one.mean);
    persistent.push_back(one.mean + one.recent);
    answers.push_back(one.answers);
  }
  const auto expected = [&](std::size_t s) {
    const double variance = problem.skills[s].variance;
    return (1.0 - problem.persistence) * mean_sigmoid(mean[s], variance) +
           problem.persistence * mean_sigmoid(persistent[s], variance);
  };
  for (const std::size_t s : path) {
    const PlanSkill& one = problem.skills[s];
    double ready = one.needs.empty() ? 0.5 : 1.0;
    for (const std::uint32_t need : one.needs) ready = std::min(ready, expected(need));
    const double readied = 1.0 + problem.ready_effect * (2.0 * ready - 1.0);
    mean[s] += one.gain * readied *
               (problem.kept > 0.0 ? std::pow(problem.kept, answers[s]) : 1.0 / (answers[s] + 1.0));
    persistent[s] += problem.rate * readied / std::pow(answers[s] + 1.0, problem.tire) /
                     std::max(sigmoid(persistent[s]), 0.05);
    answers[s] += 1.0;
  }
  const auto quadrature = [](double at, double variance) {
    const double far = std::sqrt(3.0 * variance);
    return (4.0 * sigmoid(at) + sigmoid(at - far) + sigmoid(at + far)) / 6.0;
  };
  double value = 0.0;
  double weight = 0.0;
  for (std::size_t s = 0; s < mean.size(); ++s) {
    const PlanSkill& one = problem.skills[s];
    value += one.goal * ((1.0 - problem.persistence) * quadrature(mean[s], one.variance) +
                         problem.persistence * quadrature(persistent[s], one.variance));
    weight += one.goal;
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
  for (const double persistence : {0.0, 0.4, 1.0}) {
    PlanProblem problem = gated();
    problem.persistence = persistence;
    problem.kept = persistence > 0.0 ? kKeptOfPractice : 0.0;
    problem.skills[2].recent = -1.0;
    for (const std::size_t steps : {1U, 2U, 4U, 6U}) {
      std::vector<std::size_t> scratch;
      const double best = best_of_all(problem, steps, scratch);
      const PlannedPath path = plan_path(problem, {.steps = steps}, {.beam = 8, .candidates = 8});
      EXPECT_NEAR(value_of(problem, skills_of(path)), best, 1e-9) << steps << ' ' << persistence;
    }
  }
}

TEST(Planner, PersistenceStaysWithASkillThatPracticeWouldLeave) {
  PlanProblem problem{.skills = {skill(-1.0, 0.3, 1.0), skill(0.6, 0.3, 1.0)}, .mastery_at = 1.0};
  problem.skills[0].answers = 6.0;
  problem.kept = kKeptOfPractice;
  EXPECT_EQ(best_next(problem), 1U);
  problem.persistence = 1.0;
  EXPECT_EQ(best_next(problem), 0U);
}

TEST(Planner, AnAnswerTeachesAShareOfWhatIsMissingUnderPersistence) {
  for (const double mean : {-2.0, 0.0, 1.5}) {
    PlanProblem problem{.skills = {skill(mean, 0.0, 1.0)}, .persistence = 1.0, .mastery_at = 1.0};
    problem.skills[0].answers = 3.0;
    problem.skills[0].variance = 1e-9;
    problem.rate = 1e-4;
    const double p = sigmoid(mean);
    const PlannedPath path = plan_path(problem, {.steps = 1});
    ASSERT_EQ(path.steps.size(), 1U);
    EXPECT_NEAR(path.end - path.start, 1e-4 * (1.0 - p) / 2.0, 1e-8);  // tire .5, after 3 answers
  }
}

TEST(Planner, ExpectsOfAnAnswerWhatBothTheoriesDo) {
  PlanProblem problem{.skills = {skill(0.5, 0.3, 1.0)}, .persistence = 0.25, .mastery_at = 1.0};
  problem.skills[0].recent = -2.0;
  const PlannedPath path = plan_path(problem, {.steps = 1});
  ASSERT_EQ(path.steps.size(), 1U);
  EXPECT_NEAR(path.steps[0].p_correct,
              0.75 * mean_sigmoid(0.5, 0.3) + 0.25 * mean_sigmoid(-1.5, 0.3), 1e-12);
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
