#include "core/tally.h"

#include <array>
#include <numeric>
#include <thread>

#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(Tally, CountsAValueUnderTheLeastBoundThatHoldsIt) {
  constexpr std::array kBounds = {1.0, 10.0};
  Tally tally(kBounds);
  for (const double value : {0.0, 1.0, 1.5, 10.0, 11.0, 1e9}) tally.add(value);
  const TallyFigures figures = tally.figures();
  EXPECT_EQ(figures.counts, (std::vector<std::uint64_t>{2, 2, 2}));
  EXPECT_DOUBLE_EQ(figures.sum, 1e9 + 23.5);
}

TEST(Tally, LosesNothingThatThreadsAddAtOnce) {
  Tally tally(kTallySizes);
  {
    std::array<std::jthread, 4> threads;
    for (std::jthread& thread : threads) {
      thread = std::jthread([&tally] {
        for (int k = 0; k < 10'000; ++k) tally.add(k % 100);
      });
    }
  }
  const TallyFigures figures = tally.figures();
  EXPECT_EQ(std::accumulate(figures.counts.begin(), figures.counts.end(), std::uint64_t{0}),
            40'000U);
  EXPECT_DOUBLE_EQ(figures.sum, 40'000 * 49.5);
}

}  // namespace
}  // namespace meno
