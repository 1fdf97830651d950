#include "core/minimise.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(Minimise, FindsTheEndOfRosenbrocksValley) {
  const auto value = [](std::span<const double> x) {
    const double across = x[1] - x[0] * x[0];
    return 100.0 * across * across + (1.0 - x[0]) * (1.0 - x[0]);
  };
  const std::vector<double> start{-1.2, 1.0};
  const std::vector<double> least =
      minimise(value, start, {.iterations = 200, .step = 1e-6, .tolerance = 1e-14});
  EXPECT_NEAR(least[0], 1.0, 1e-3);
  EXPECT_NEAR(least[1], 1.0, 1e-3);
}

TEST(Minimise, StaysWhereNothingIsLower) {
  const auto value = [](std::span<const double> x) { return x[0] * x[0] + 5.0; };
  EXPECT_NEAR(minimise(value, std::vector<double>{0.0}).front(), 0.0, 1e-9);
}

}  // namespace
}  // namespace meno
