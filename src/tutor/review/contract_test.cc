// What every forgetting model owes, and the known values of each.
#include <cmath>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "tutor/review/forgetting.h"

namespace meno {
namespace {

Review review(double day, bool recalled) {
  return {.day = day, .end = day, .recalled = recalled, .answers = 1, .right = recalled ? 1U : 0U};
}

/// A learner who forgets: 40 cards, each seen every few days, recalled less often after long gaps.
ReviewLog drawn_log(std::uint64_t seed) {
  Rng rng(seed);
  ReviewLog log;
  std::vector<double> seen(40, -1.0);
  for (int day = 0; day < 60; ++day) {
    for (std::uint32_t card = 0; card < seen.size(); ++card) {
      if (!rng.chance(0.15)) continue;
      const double gap = day - seen[card];
      const bool recalled = rng.chance(seen[card] < 0.0 ? 0.5 : std::exp2(-gap / 20.0));
      seen[card] = day;
      log.reviews.push_back({.card = card, .review = review(day, recalled)});
    }
  }
  return log;
}

class EveryForgettingModel : public testing::TestWithParam<std::string> {
 protected:
  const ForgettingEntry& model() const { return **find_forgetting(GetParam()); }
  std::unique_ptr<Memory> begin() const { return model().begin(model().start); }
};

TEST_P(EveryForgettingModel, NeverRecallsBetterByWaiting) {
  const std::unique_ptr<Memory> memory = begin();
  const ReviewLog log = drawn_log(1);
  for (const CardReview& one : log.reviews) memory->observe(one.card, one.review);
  for (std::uint32_t card = 0; card < 40; ++card) {
    double last = 1.0;
    for (const double day : {60.0, 60.5, 61.0, 70.0, 100.0, 1000.0, 1e5}) {
      const double p = memory->p_recall(card, day);
      EXPECT_GT(p, 0.0);
      EXPECT_LT(p, 1.0);
      EXPECT_LE(p, last) << "card " << card << " at " << day;
      last = p;
    }
  }
}

TEST_P(EveryForgettingModel, ExpectsNoMoreAfterALapse) {
  const std::unique_ptr<Memory> right = begin();
  const std::unique_ptr<Memory> wrong = begin();
  for (const auto& [memory, recalled] : {std::pair(right.get(), true), {wrong.get(), false}}) {
    memory->observe(0, review(0.0, true));
    memory->observe(0, review(3.0, recalled));
  }
  EXPECT_GE(right->p_recall(0, 6.0), wrong->p_recall(0, 6.0));
}

TEST_P(EveryForgettingModel, IsLessSurprisedByWhatItWasFittedTo) {
  const ReviewLog log = drawn_log(2);
  const ReviewSpan span{.log = &log, .from = 0, .to = log.reviews.size()};
  const std::vector<double> theta =
      fit_forgetting(model(), std::span(&span, 1), model().start, model().precision);
  ASSERT_EQ(theta.size(), model().start.size());
  const double before = surprise_of(model(), model().start, std::span(&span, 1));
  const double fitted = surprise_of(model(), theta, std::span(&span, 1));
  if (theta.empty()) {
    EXPECT_EQ(fitted, before);
  } else {
    EXPECT_LT(fitted, before);
  }
}

std::vector<std::string> names() {
  std::vector<std::string> names;
  for (const ForgettingEntry& entry : forgetting_registry()) names.emplace_back(entry.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryForgettingModel, testing::ValuesIn(names()));

std::unique_ptr<Memory> begun(const char* name, std::vector<double> theta = {}) {
  const ForgettingEntry& entry = **find_forgetting(name);
  return entry.begin(theta.empty() ? entry.start : std::span<const double>(theta));
}

TEST(HalfLife, IsTwoToTheWeightedCounts) {
  const std::unique_ptr<Memory> memory = begun("hlr", {1.0, 0.5, -0.25});
  for (const double day : {0.0, 1.0, 2.0}) memory->observe(0, review(day, true));
  // h = 2^(1 + .5 sqrt(4) - .25 sqrt(1)) = 2^1.75 days
  EXPECT_NEAR(memory->p_recall(0, 2.0 + std::exp2(1.75)), 0.5, 1e-12);
}

TEST(Sm2, ExpectsNineInTenWhereItsIntervalEnds) {
  const std::unique_ptr<Memory> memory = begun("sm2");
  memory->observe(0, review(0.0, true));
  EXPECT_NEAR(memory->p_recall(0, 1.0), 0.9, 1e-12);
  memory->observe(0, review(1.0, true));
  EXPECT_NEAR(memory->p_recall(0, 7.0), 0.9, 1e-12);
  memory->observe(0, review(7.0, true));  // quality 4 leaves the easiness at 2.5
  EXPECT_NEAR(memory->p_recall(0, 22.0), 0.9, 1e-12);
}

TEST(Dsr, ExpectsNineInTenAtItsStability) {
  const std::unique_ptr<Memory> memory = begun("dsr");
  const double stability = std::exp(1.312);
  memory->observe(0, review(0.0, true));
  EXPECT_NEAR(memory->p_recall(0, stability), 0.9, 1e-9);
  // S' = S (1 + e^1.647 (11 - 5.16) S^-e^-1.99 (e^(.1 e^.045) - 1)), by hand from the equation
  memory->observe(0, review(stability, true));
  const double grown =
      stability * (1.0 + std::exp(1.647) * (11.0 - 5.16) * std::pow(stability, -std::exp(-1.990)) *
                             std::expm1(0.1 * std::exp(0.045)));
  EXPECT_NEAR(memory->p_recall(0, stability + grown), 0.9, 1e-9);
}

/// With no feature but the bias and no forgetting, a card's recall is E[p^(n+1)] / E[p^n] over its
/// own level.
TEST(Curve, IsThePosteriorMeanOfTheCardsOwnLevel) {
  std::vector<double> theta(15, 0.0);
  theta[0] = 0.4;
  theta[12] = -40.0;  // omega: hardly any forgetting
  theta[14] = 0.0;    // sigma 1
  const std::unique_ptr<Memory> memory = begun("curve", theta);
  const auto moment = [](int power) {
    double sum = 0.0;
    for (int u = -3; u <= 3; ++u) {
      sum += std::exp(-0.5 * u * u) * std::pow(1.0 / (1.0 + std::exp(-0.4 - u)), power);
    }
    return sum;
  };
  memory->observe(0, review(0.0, true));  // the first look is no test of memory
  for (int n = 0; n < 3; ++n) {
    EXPECT_NEAR(memory->p_recall(0, n + 1.0), moment(n + 1) / moment(n), 1e-9) << n;
    memory->observe(0, review(n + 1.0, true));
  }
}

}  // namespace
}  // namespace meno
