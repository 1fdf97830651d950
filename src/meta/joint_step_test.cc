#include "meta/joint_step.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/ranks_for_test.h"

namespace meno {
namespace {

MetaStep step_of(double loss, Params direction, double weight) {
  return {.loss = loss, .direction = std::move(direction), .weight = weight};
}

const MetaStep kEmpty{.loss = 0.0, .direction = {}, .weight = 0.0};

/// Parts of one step as they may fall: the third had nothing to do.
std::vector<MetaStep> parts() {
  return {step_of(1.0, {1.0, 2.0, 3.0}, 1.0), step_of(0.3, {0.1, 0.2, 0.7}, 3.0), kEmpty,
          step_of(2.0, {-1.0, 1.0 / 3.0, 5.0}, 2.0)};
}

TEST(JointStep, IsTheMeanByWeight) {
  const MetaStep mean = averaged(parts(), 3);
  EXPECT_DOUBLE_EQ(mean.loss, (1.0 + 0.3 * 3.0 + 2.0 * 2.0) / 6.0);
  EXPECT_DOUBLE_EQ(mean.direction[0], (1.0 + 0.1 * 3.0 - 2.0) / 6.0);
  EXPECT_EQ(mean.weight, 6.0);
}

TEST(JointStep, OfNothingIsZero) {
  for (const std::size_t size : {1, 3}) {
    const MetaStep nothing = averaged(std::vector<MetaStep>(size, kEmpty), 2);
    EXPECT_EQ(nothing.direction, Params(2, 0.0));
    EXPECT_EQ(nothing.weight, 0.0);
  }
}

TEST(JointStep, OfRanksIsThatOfAsManyThreadsToTheByte) {
  const MetaStep expected = averaged(parts(), 3);
  run_as_ranks(4, [&](Ranks& ranks) {
    const auto joint = joined(ranks, parts()[ranks.rank()], 3, false);
    ASSERT_TRUE(joint);
    EXPECT_FALSE(joint->stop);
    EXPECT_EQ(joint->step.loss, expected.loss);
    EXPECT_EQ(joint->step.weight, expected.weight);
    EXPECT_EQ(joint->step.direction, expected.direction);
  });
}

TEST(JointStep, StopsEveryRankWhenOneIsAsked) {
  run_as_ranks(3, [&](Ranks& ranks) {
    const auto joint = joined(ranks, parts()[ranks.rank()], 3, ranks.rank() == 2);
    ASSERT_TRUE(joint);
    EXPECT_TRUE(joint->stop);
  });
}

TEST(JointStep, IsAnErrorOnceARankHasFailedWhichThenTellsWhy) {
  run_as_ranks(3, [&](Ranks& ranks) {
    if (ranks.rank() == 1) {
      EXPECT_EQ(ranks.end(false), 1U);
      return;
    }
    EXPECT_EQ(joined(ranks, parts()[ranks.rank()], 3, false).error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(ranks.end(false), 1U);
  });
}

}  // namespace
}  // namespace meno
