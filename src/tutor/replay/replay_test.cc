// The estimators against exact expectations: every action and outcome of a small world stands in
// the log once, weighted by how likely the logging policy makes it, so that no tolerance is needed
// for chance.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "tutor/replay/estimators.h"
#include "tutor/replay/logging_policy.h"
#include "tutor/replay/reward_model.h"

namespace meno {
namespace {

constexpr std::size_t kActions = 3;
using PerAction = std::array<double, kActions>;

/// One context of a world: rewards are 1 with these chances, else 0.
struct Context {
  PerAction logged;
  PerAction policy;
  PerAction reward;
};

const std::vector<Context> kWorld{{{0.7, 0.2, 0.1}, {0.1, 0.1, 0.8}, {0.2, 0.5, 0.9}},
                                  {{0.1, 0.3, 0.6}, {0.5, 0.5, 0.0}, {0.6, 0.4, 0.1}},
                                  {{0.3, 0.4, 0.3}, {0.0, 1.0, 0.0}, {0.5, 0.7, 0.2}}};

double truth() {
  double sum = 0.0;
  for (const Context& context : kWorld) {
    for (std::size_t a = 0; a < kActions; ++a) sum += context.policy[a] * context.reward[a];
  }
  return sum / static_cast<double>(kWorld.size());
}

/// What an estimator comes to on average when it believes `propensity` and `foreseen`.
template <class Propensity, class Foresee>
PolicyValue expectation(const Propensity& propensity, const Foresee& foreseen) {
  std::vector<LoggedDecision> log;
  std::vector<double> weight;
  for (const Context& context : kWorld) {
    double expected = 0.0;
    for (std::size_t a = 0; a < kActions; ++a) expected += context.policy[a] * foreseen(context, a);
    for (std::size_t a = 0; a < kActions; ++a) {
      for (const bool win : {false, true}) {
        weight.push_back(context.logged[a] * (win ? context.reward[a] : 1.0 - context.reward[a]));
        log.push_back({.student = log.size(),
                       .reward = win ? 1.0 : 0.0,
                       .p_logged = propensity(context, a),
                       .p_policy = context.policy[a],
                       .foreseen = foreseen(context, a),
                       .expected = expected});
      }
    }
  }
  return policy_value(log, weight);
}

double right_propensity(const Context& context, std::size_t a) { return context.logged[a]; }
double wrong_propensity(const Context&, std::size_t) { return 1.0 / kActions; }
double right_reward(const Context& context, std::size_t a) { return context.reward[a]; }
double wrong_reward(const Context&, std::size_t a) { return 0.3 * static_cast<double>(a) - 1.0; }

TEST(Estimators, AreUnbiasedUnderRightPropensities) {
  const PolicyValue value = expectation(right_propensity, wrong_reward);
  EXPECT_NEAR(value.ips, truth(), 1e-12);
  EXPECT_NEAR(value.snips, truth(), 1e-12) << "the weights come to 1 on average";
  EXPECT_NEAR(value.doubly, truth(), 1e-12) << "whatever the reward model says";
  EXPECT_GT(std::abs(value.direct - truth()), 0.1) << "which is wrong here";
}

TEST(Estimators, AreUnbiasedUnderARightRewardModel) {
  const PolicyValue value = expectation(wrong_propensity, right_reward);
  EXPECT_NEAR(value.direct, truth(), 1e-12);
  EXPECT_NEAR(value.doubly, truth(), 1e-12) << "whatever the propensities";
  EXPECT_GT(std::abs(value.ips - truth()), 0.05) << "which are wrong here";
}

TEST(Estimators, AreBiasedWhereBothAreWrong) {
  EXPECT_GT(std::abs(expectation(wrong_propensity, wrong_reward).doubly - truth()), 0.05);
}

TEST(Overlap, CountsWhatTheEstimateRestsOn) {
  const std::vector<LoggedDecision> log{{.p_logged = 0.5, .p_policy = 1.0},
                                        {.p_logged = 0.5, .p_policy = 0.0},
                                        {.p_logged = 0.25, .p_policy = 1.0}};
  const Overlap overlap = overlap_of(log);
  EXPECT_DOUBLE_EQ(overlap.effective, 36.0 / 20.0);
  EXPECT_DOUBLE_EQ(overlap.mean_weight, 2.0);
  EXPECT_DOUBLE_EQ(overlap.most_weight, 4.0);
}

/// Students who stay on a skill three times in four after a wrong answer and else go to the next of
/// five.
TEST(LoggingPolicy, LearnsHowRecordsGoOn) {
  std::deque<History> students;
  Rng rng(7);
  std::vector<SkillId> skill{SkillId(0U)};
  for (int u = 0; u < 200; ++u) {
    History& student = students.emplace_back();
    for (int t = 0; t < 60; ++t) {
      const bool right = rng.chance(0.5);
      student.push_back({.item = ItemId(0U), .skills = skill, .correct = right ? 1.0F : 0.0F});
      if (right || !rng.chance(0.75)) skill[0] = SkillId((skill[0].value + 1U) % 5U);
    }
  }
  const LoggingPolicy policy(5, views_of(students));
  const std::vector<bool> met(5, true);
  for (const bool right : {false, true}) {
    const std::vector<double> p = policy.next({.last = SkillId(2U), .right = right}, met);
    EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1.0, 1e-9);
    EXPECT_NEAR(p[2], right ? 0.0 : 0.75, 0.03);
    EXPECT_NEAR(p[3], right ? 1.0 : 0.25, 0.03);
  }
}

TEST(RewardModel, FindsAStraightLine) {
  RewardModel model;
  Rng rng(3);
  for (int i = 0; i < 20000; ++i) {
    const ChoiceFeatures choice{
        .ability = rng.normal(), .own = rng.normal(), .rate = rng.uniform()};
    model.observe(choice, 0.1 + 0.3 * choice.ability - 0.2 * choice.rate);
  }
  EXPECT_EQ(model.foreseen({}), 0.0) << "before it is fitted";
  model.fit();
  EXPECT_NEAR(model.foreseen({.ability = 1.0, .rate = 0.5}), 0.3, 5e-3);
  EXPECT_NEAR(model.foreseen({.own = 2.0}), 0.1, 5e-3);
}

}  // namespace
}  // namespace meno
