#include "tutor/irt/irt_bank.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tutor/irt/item_fit.h"
#include "tutor/irt/simulated_bank_for_test.h"

namespace meno {
namespace {

NodeCounts some_counts() {
  NodeCounts counts;
  for (std::size_t q = 10; q < 30; ++q) {
    counts.asked[q] = 1.0 + static_cast<double>(q % 5);
    counts.right[q] = counts.asked[q] * (0.2 + 0.03 * static_cast<double>(q - 10));
  }
  return counts;
}

TEST(ItemFit, GradientEqualsDifferences) {
  const NodeCounts counts = some_counts();
  const ItemPrior prior{.easiness = 0.3, .easiness_sd = 0.8, .log_slope = 0.1, .slope_sd = 0.4};
  const double h = 1e-5;
  for (const double guess : {0.0, 0.2}) {
    const auto at = [&](double easiness, double log_slope) {
      return item_objective(counts, prior,
                            {.easiness = easiness, .slope = std::exp(log_slope), .guess = guess});
    };
    const CurveScore here = at(0.5, -0.2);
    EXPECT_NEAR(here.by_easiness, (at(0.5 + h, -0.2).log_p - at(0.5 - h, -0.2).log_p) / (2 * h),
                1e-5);
    EXPECT_NEAR(here.by_log_slope, (at(0.5, -0.2 + h).log_p - at(0.5, -0.2 - h).log_p) / (2 * h),
                1e-5);
  }
}

TEST(ItemFit, EndsWhereTheGradientIsZero) {
  const ItemPrior prior{};
  const FittedItem fit = fit_item(some_counts(), prior, {});
  const CurveScore there = item_objective(some_counts(), prior, fit.curve);
  EXPECT_NEAR(there.by_easiness, 0.0, 1e-3);
  EXPECT_NEAR(there.by_log_slope, 0.0, 1e-3);
}

TEST(IrtBank, RecoversKnownCurvesAndSaysHowFarOffItIs) {
  const SimulatedBank truth = simulated_bank(60, 600, 5, 0.5, 7);
  const auto bank = calibrate_irt(truth.course, truth.sheets, {});
  ASSERT_TRUE(bank) << bank.error().message;
  double covered = 0.0;
  double square = 0.0;
  for (std::size_t i = 0; i < bank->items.size(); ++i) {
    const IrtItem& item = bank->items[i];
    const double off = item.curve.easiness - truth.curves[i].easiness;
    square += off * off / 60.0;
    covered += std::abs(off) < 1.96 * item.easiness_se ? 1.0 / 60.0 : 0.0;
    EXPECT_GT(item.difficulty_se, 0.0);
  }
  // 300 answers an item: about 2 / sqrt(300) = .12 each, and the abilities' common shift
  EXPECT_LT(std::sqrt(square), 0.2);
  EXPECT_GT(covered, 0.85);  // 95 % of 60 has a standard deviation of 2.8 points
}

TEST(IrtBank, AnItemWithoutAnswersHasItsGroupsMeanAndThePriorsError) {
  SimulatedBank truth = simulated_bank(20, 200, 2, 0.8, 3);
  for (AnswerSheet& sheet : truth.sheets)
    std::erase_if(sheet, [](const SheetAnswer& a) { return a.item == ItemId(std::size_t{4}); });
  const auto bank = calibrate_irt(truth.course, truth.sheets, {});
  ASSERT_TRUE(bank);
  EXPECT_EQ(bank->items[4].answers, 0U);
  EXPECT_NEAR(bank->items[4].curve.easiness, bank->prior.group_easiness[0], 0.05);
  EXPECT_NEAR(bank->items[4].easiness_se, bank->prior.item_sd, 0.05);
}

TEST(IrtBank, RaschGivesAllItemsOneSlope) {
  const SimulatedBank truth = simulated_bank(15, 150, 1, 1.0, 5);
  const auto bank = calibrate_irt(truth.course, truth.sheets, {.slopes = false});
  ASSERT_TRUE(bank);
  for (const IrtItem& item : bank->items)
    EXPECT_DOUBLE_EQ(item.curve.slope, bank->items[0].curve.slope);
  EXPECT_NEAR(bank->items[0].curve.slope, 1.0, 0.4);
}

TEST(IrtBank, SaysWhyItCannotCalibrate) {
  SimulatedBank truth = simulated_bank(5, 10, 1, 1.0, 1);
  EXPECT_EQ(calibrate_irt(Course{}, truth.sheets, {}).error().message,
            "the item bank is empty, expected at least one item");
  EXPECT_EQ(calibrate_irt(truth.course, {}, {}).error().message,
            "no answers to calibrate on, expected some");
  for (AnswerSheet& sheet : truth.sheets)
    for (SheetAnswer& answer : sheet) answer.correct = true;
  EXPECT_EQ(calibrate_irt(truth.course, truth.sheets, {}).error().message,
            "all 50 answers are right, expected right and wrong ones");
}

}  // namespace
}  // namespace meno
