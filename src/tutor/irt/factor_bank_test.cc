#include "tutor/irt/factor_bank.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tutor/adaptive_test/factor_state.h"
#include "tutor/irt/logistic_normal.h"
#include "tutor/irt/simulated_bank_for_test.h"
#include "tutor/irt/small_matrix.h"

namespace meno {
namespace {

TEST(SmallMatrix, TimesItsInverseIsOne) {
  SmallMatrix m(3);
  const double cells[] = {4.0, 1.0, 0.5, 1.0, 3.0, -0.7, 0.5, -0.7, 2.0};
  m.cells.assign(cells, cells + 9);
  const SmallMatrix inverse = inverse_of(m);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::vector<double> column = {inverse.at(0, i), inverse.at(1, i), inverse.at(2, i)};
    const std::vector<double> unit = product(m, column);
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(unit[j], i == j ? 1.0 : 0.0, 1e-12);
  }
}

TEST(LogisticNormal, MomentsEqualAFineSum) {
  const NormalLogit z{.mean = 0.7, .variance = 2.3};
  double total = 0.0;
  double first = 0.0;
  double second = 0.0;
  double all = 0.0;
  for (int n = -20000; n <= 20000; ++n) {
    const double x = 0.001 * n;
    const double density = std::exp(-0.5 * (x - 0.7) * (x - 0.7) / 2.3);
    const double w = density / (1.0 + std::exp(x));  // wrong
    all += density;
    total += w;
    first += w * x;
    second += w * x * x;
  }
  const NormalLogit after = after_answer(z, false);
  EXPECT_NEAR(p_correct(z), 1.0 - total / all, 1e-6);
  EXPECT_NEAR(after.mean, first / total, 1e-5);
  EXPECT_NEAR(after.variance, second / total - first * first / total / total, 1e-5);
}

/// One item, one general ability, nothing else.
FactorBank bank_of(std::vector<FactorItem> items, std::vector<std::vector<SkillId>> skills,
                   std::vector<double> scale) {
  FactorBank bank{.general = 1,
                  .items = std::move(items),
                  .skill_scale = std::move(scale),
                  .item_skills = std::move(skills),
                  .answered = {}};
  bank.answered.assign(bank.items.size(), 1.0);
  return bank;
}

TEST(FactorState, OneAnswerMovesAbilityAsTheIntegralDoes) {
  const FactorBank bank =
      bank_of({{.easiness = 0.4, .variance = 0.0, .loading = {1.5}, .taker = {0.0}}}, {{}}, {});
  const ItemId item(std::size_t{0});
  FactorState state(bank, {&item, 1}, Cohort::None);
  state.observe(item, true);
  double total = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (int n = -10000; n <= 10000; ++n) {
    const double f = 0.001 * n;
    const double w = std::exp(-0.5 * f * f) / (1.0 + std::exp(-(1.5 * f + 0.4)));
    total += w;
    first += w * f;
    second += w * f * f;
  }
  EXPECT_NEAR(state.ability().mean, first / total, 1e-5);
  EXPECT_NEAR(state.ability().sd, std::sqrt(second / total - std::pow(first / total, 2)), 1e-5);
}

TEST(FactorState, AnAnswerTellsMoreOfItsOwnSkill) {
  const SkillId a(std::size_t{0});
  const SkillId b(std::size_t{1});
  const FactorItem plain{.easiness = 0.0, .variance = 0.1, .loading = {0.7}, .taker = {0.0, 0.0}};
  const FactorBank bank = bank_of({plain, plain, plain}, {{a}, {a}, {b}}, {1.0, 1.0});
  const std::vector<ItemId> items = {ItemId(std::size_t{0}), ItemId(std::size_t{1}),
                                     ItemId(std::size_t{2})};
  FactorState state(bank, items, Cohort::Asked);
  state.observe(items[0], true);
  EXPECT_GT(state.logit(items[1]).mean, state.logit(items[2]).mean);
  EXPECT_GT(state.logit(items[2]).mean, 0.0);
}

TEST(FactorState, GainIsTheBruteForceSumOverItems) {
  const SkillId a(std::size_t{0});
  const SkillId b(std::size_t{1});
  const FactorBank bank = bank_of({{0.2, 0.1, {0.7}, {0.0, 0.0}},
                                   {-0.5, 0.2, {1.2}, {0.0, 0.0}},
                                   {1.0, 0.0, {0.4}, {0.0, 0.0}}},
                                  {{a}, {b}, {a}}, {0.9, 1.3});
  const std::vector<ItemId> items = {ItemId(std::size_t{0}), ItemId(std::size_t{1}),
                                     ItemId(std::size_t{2})};
  const FactorState state(bank, items, Cohort::None);
  std::vector<double> gain(3);
  state.expected_gain(items, gain);
  // before any answer: cov(z_i, z_j) = loading_i loading_j + scale^2 when the skill is shared
  const auto cov = [&](std::size_t i, std::size_t j) {
    const double shared = bank.item_skills[i] == bank.item_skills[j]
                              ? std::pow(bank.skill_scale[bank.item_skills[i][0].value], 2)
                              : 0.0;
    return bank.items[i].loading[0] * bank.items[j].loading[0] + shared;
  };
  const auto weight = [&](std::size_t i) {
    const double v = cov(i, i) + bank.items[i].variance;
    const double p =
        1.0 / (1.0 + std::exp(-bank.items[i].easiness / std::sqrt(1.0 + 0.392699 * v)));
    return p * (1.0 - p);
  };
  for (std::size_t i = 0; i < 3; ++i) {
    double sum = 0.0;
    for (std::size_t j = 0; j < 3; ++j) sum += weight(j) * cov(i, j) * cov(i, j);
    const double t = weight(i);
    EXPECT_NEAR(gain[i], 0.5 * sum * t / (1.0 + t * (cov(i, i) + bank.items[i].variance)), 1e-12);
  }
}

TEST(FactorBank, FindsEasinessOfSimulatedItems) {
  const SimulatedBank truth = simulated_bank(30, 300, 3, 0.8, 11);
  const auto bank = calibrate_factors(truth.course, truth.sheets, {.general = 2, .rounds = 25});
  ASSERT_TRUE(bank);
  double square = 0.0;
  for (std::size_t i = 0; i < 30; ++i) {
    const double off = bank->items[i].easiness - truth.curves[i].easiness;
    square += off * off / 30.0;
  }
  EXPECT_LT(std::sqrt(square), 0.3);
}

TEST(FactorBank, TheSameSeedGivesTheSameBank) {
  const SimulatedBank truth = simulated_bank(10, 60, 2, 0.7, 2);
  const auto one = calibrate_factors(truth.course, truth.sheets, {.rounds = 5, .seed = 4});
  const auto two = calibrate_factors(truth.course, truth.sheets, {.rounds = 5, .seed = 4});
  ASSERT_TRUE(one && two);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(one->items[i].loading, two->items[i].loading);
}

}  // namespace
}  // namespace meno
