// What every test method obeys, and the rules of a session. All students here are simulated.
#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "tutor/adaptive_test/bobcat_model.h"
#include "tutor/adaptive_test/registry.h"
#include "tutor/adaptive_test/session.h"
#include "tutor/irt/simulated_bank_for_test.h"

namespace meno {
namespace {

const SimulatedBank& school() {
  static const SimulatedBank bank = simulated_bank(24, 120, 3, 0.8, 21);
  return bank;
}
const Calibrated& calibrated() {
  static const Calibrated all = *calibrate(school().course, std::span(school().sheets).first(90),
                                           std::span(school().sheets).subspan(90), 1);
  return all;
}
std::vector<ItemId> all_items() {
  std::vector<ItemId> items;
  for (std::size_t i = 0; i < school().course.items.size(); ++i) items.emplace_back(i);
  return items;
}

class EveryMethod : public testing::TestWithParam<TestMethodEntry> {
 protected:
  std::unique_ptr<TestMethod> method_ = GetParam().make(calibrated());
};

TEST_P(EveryMethod, ForeseesWithinZeroAndOneAndMovesWithAnswers) {
  const std::vector<ItemId> items = all_items();
  const auto right = method_->begin(items, Rng(1));
  const auto wrong = method_->begin(items, Rng(1));
  for (std::size_t i = 0; i < 12; ++i) {
    right->observe(items[i], true);
    wrong->observe(items[i], false);
  }
  for (const ItemId item : items) {
    const double p = right->p_correct(item);
    EXPECT_GT(p, 0.0);
    EXPECT_LT(p, 1.0);
    EXPECT_GT(p, wrong->p_correct(item));
  }
  EXPECT_GT(right->ability().mean, wrong->ability().mean);
  EXPECT_LT(right->ability().sd, 1.0);
}

TEST_P(EveryMethod, AsksTheSameOfTheSameSeedWhateverTheOthersAnswers) {
  const auto asked = [&] {
    auto session = TestSession::begin(school().course, *method_, all_items(), {}, Rng(5));
    std::vector<ItemId> items;
    while (const auto item = session->next()) {
      items.push_back(*item);
      session->answer(items.size() % 2 == 0);
    }
    return items;
  };
  EXPECT_EQ(asked(), asked());
}

TEST_P(EveryMethod, WorthNeedsNoAnswerThatHasNotBeenGiven) {
  const std::vector<ItemId> items = all_items();
  const auto one = method_->begin(items, Rng(3));
  const auto two = method_->begin(items, Rng(3));
  one->observe(items[0], true);
  two->observe(items[0], true);
  std::vector<double> before(items.size());
  std::vector<double> again(items.size());
  one->worth(items, before);
  static_cast<void>(two->p_correct(items[5]));
  two->worth(items, again);
  EXPECT_EQ(before, again);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryMethod,
                         testing::ValuesIn(test_methods().begin(), test_methods().end()),
                         [](const auto& row) {
                           std::string name(row.param.name);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

class Session : public testing::Test {
 protected:
  Result<TestSession> begin(const TestRules& rules, std::vector<ItemId> bank = all_items()) {
    return TestSession::begin(school().course, *method_, std::move(bank), rules, Rng(9));
  }
  /// Answers by the parity of the item until it ends.
  TestReport run(const TestRules& rules, double seconds_each = 0.0) {
    auto session = begin(rules);
    double elapsed = 0.0;
    while (const auto item = session->next(elapsed)) {
      session->answer(item->value % 2 == 0);
      elapsed += seconds_each;
    }
    return session->report();
  }
  std::unique_ptr<TestMethod> method_ = (*find_test_method("expected-loss"))->make(calibrated());
};

TEST_F(Session, StopsForEachReason) {
  EXPECT_EQ(run({.longest = 4}).stopped, StopReason::Longest);
  EXPECT_EQ(run({.longest = 4}).items.size(), 4U);
  EXPECT_EQ(run({.longest = 100}).stopped, StopReason::NothingLeft);
  const TestReport precise = run({.longest = 24, .precision = 0.7});
  EXPECT_EQ(precise.stopped, StopReason::Precision);
  EXPECT_LE(precise.ability.sd, 0.7);
  EXPECT_EQ(run({.longest_s = 25.0}, 10.0).stopped, StopReason::Time);
  EXPECT_EQ(run({.longest_s = 25.0}, 10.0).items.size(), 3U);
  const TestReport sure = run({.longest = 24, .cut = -3.0});
  EXPECT_EQ(sure.stopped, StopReason::Classified);
  EXPECT_EQ(sure.above_cut, true);
}

TEST_F(Session, AsksNothingTwiceAndKeepsTheQuestionUntilItIsAnswered) {
  auto session = begin({.longest = 24});
  std::set<ItemId> seen;
  while (const auto item = session->next()) {
    EXPECT_EQ(session->next(), item);
    EXPECT_TRUE(seen.insert(*item).second);
    session->answer(true);
  }
}

TEST_F(Session, BalanceAsksSkillsInEqualShares) {
  const TestReport report = run({.longest = 9, .balance = true});
  for (const TestedSkill& skill : report.skills) EXPECT_EQ(skill.asked, 3);
}

TEST_F(Session, ExposureDrawsAmongTheBest) {
  std::set<ItemId> first;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    auto session =
        TestSession::begin(school().course, *method_, all_items(), {.among_best = 4}, Rng(seed));
    first.insert(*session->next());
  }
  EXPECT_EQ(first.size(), 4U);
}

TEST_F(Session, SaysWhatIsWrongWithRules) {
  EXPECT_EQ(begin({}, {}).error().message,
            "no item may be asked under these rules, expected at least one");
  EXPECT_EQ(begin({.shortest = 5, .longest = 4}).error().message,
            "shortest is 5, expected 0 to longest, which is 4");
  EXPECT_EQ(begin({.among_best = 0}).error().message, "among-best is 0, expected at least 1");
}

TEST(Bobcat, GradientsOfTheAdaptedAbilityEqualDifferences) {
  BilevelIrt model{.easiness = {0.3, -0.8, 1.1, 0.2}, .start = 0.2, .log_rate = -0.9};
  const AnswerSheet answers = {{ItemId(std::size_t{0}), true},
                               {ItemId(std::size_t{1}), true},
                               {ItemId(std::size_t{2}), false}};
  const AdaptedAbility exact = adapted_with_gradient(model, answers, answers);
  EXPECT_NEAR(exact.value, model.adapted(answers), 1e-12);
  const double h = 1e-6;
  const auto difference = [&](double& knob) {
    const double kept = knob;
    knob = kept + h;
    const double up = model.adapted(answers);
    knob = kept - h;
    const double down = model.adapted(answers);
    knob = kept;
    return (up - down) / (2.0 * h);
  };
  EXPECT_NEAR(exact.by_start, difference(model.start), 1e-8);
  EXPECT_NEAR(exact.by_log_rate, difference(model.log_rate), 1e-8);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(exact.by_easiness[i], difference(model.easiness[i]), 1e-8);
  // a weight of 2 is the same answer twice; the derivative at weight 1 lies between the steps
  AnswerSheet twice = answers;
  twice.push_back(answers[1]);
  const double step = model.adapted(twice) - exact.value;
  EXPECT_GT(step * exact.by_weight[1], 0.0);
  EXPECT_NEAR(step, exact.by_weight[1], 0.5 * std::abs(exact.by_weight[1]));
}

}  // namespace
}  // namespace meno
