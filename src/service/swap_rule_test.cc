#include "service/swap_rule.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/rng.h"

namespace meno {
namespace {

TEST(SwapRule, GrowsByAQuarterFromPointToPoint) {
  const SwapRule rule;
  EXPECT_EQ(growth_point(rule, 99), 0U);
  EXPECT_EQ(growth_point(rule, 100), 1U);
  EXPECT_EQ(growth_point(rule, 124), 1U);
  EXPECT_EQ(growth_point(rule, 125), 2U);
  EXPECT_EQ(growth_point(rule, 10'000), 21U);
}

TEST(SwapRule, SpendsAlphaOverAllPointsAndNoMore) {
  const SwapRule rule;
  double spent = 0.0;
  for (std::size_t point = 0; point <= 100'000; ++point) spent += level_of(rule, point);
  EXPECT_LE(spent, rule.alpha);
  EXPECT_NEAR(spent, rule.alpha, 1e-5);
}

/// Points of printed tables of Student's t: P(T > t).
TEST(SwapRule, KnowsStudentsT) {
  struct Case {
    double t;
    std::size_t freedom;
    double expected;
  };
  constexpr Case kCases[] = {{0.0, 7, 0.5},     {6.314, 1, 0.05},    {2.920, 2, 0.05},
                             {31.821, 1, 0.01}, {2.015, 5, 0.05},    {3.365, 5, 0.01},
                             {5.893, 5, 0.001}, {1.812, 10, 0.05},   {4.144, 10, 0.001},
                             {1.697, 30, 0.05}, {3.646, 30, 0.0005}, {-1.812, 10, 0.95},
                             {1.653, 200, 0.05}};
  for (const Case& c : kCases) {
    EXPECT_NEAR(t_tail(c.t, c.freedom), c.expected, 2e-3 * std::max(0.05, c.expected)) << c.t;
  }
}

TEST(SwapRule, TakesTheStudentForTheUnit) {
  PairedGain alike;  // one student's hundred answers say no more than he does
  for (int k = 0; k < 100; ++k) alike.add(0, 0.1);
  EXPECT_EQ(alike.test().p_value, 1.0);
  EXPECT_EQ(alike.test().students, 1U);
  EXPECT_NEAR(alike.test().mean, 0.1, 1e-12);

  PairedGain gain;  // D = 1, 2, 3: t = 2 sqrt(3)
  gain.add(0, 0.5);
  gain.add(0, 0.5);
  gain.add(4, 2.0);
  gain.add(2, 3.0);
  const GainTest test = gain.test();
  EXPECT_EQ(test.students, 3U);
  EXPECT_EQ(test.answers, 4U);
  EXPECT_NEAR(test.mean, 1.5, 1e-12);
  EXPECT_NEAR(test.p_value, t_tail(2.0 * std::sqrt(3.0), 2), 1e-12);
}

TEST(SwapRule, AsksForEnoughStudentsAndAGain) {
  const SwapRule rule;
  const GainTest sure{.students = 5, .answers = 100, .mean = 0.1, .p_value = 1e-9};
  EXPECT_TRUE(enough(rule, 2, sure));
  EXPECT_FALSE(enough(rule, 1, sure)) << "nothing was foreseen before the first growth point";
  GainTest few = sure;
  few.students = 4;
  EXPECT_FALSE(enough(rule, 2, few));
  GainTest loss = sure;
  loss.mean = -0.1;
  EXPECT_FALSE(enough(rule, 2, loss));
}

/// Looked at twenty times while it grows, evidence that is only noise wins in at most alpha of
/// courses. Normal gains, students of unlike diligence.
TEST(SwapRule, WinsByChanceNoOftenerThanItSays) {
  const SwapRule rule;
  constexpr int kCourses = 2000;
  int won = 0;
  for (int c = 0; c < kCourses; ++c) {
    Rng rng(static_cast<std::uint64_t>(c));
    PairedGain gain;
    bool ever = false;
    for (std::size_t answers = 100, point = 1; answers < 2000 && !ever; ++answers) {
      const std::size_t student = rng.below(5 + answers / 20);
      gain.add(student, 0.3 * rng.normal());
      if (growth_point(rule, answers) == point) continue;
      point = growth_point(rule, answers);
      ever = enough(rule, point, gain.test());
    }
    won += ever ? 1 : 0;
  }
  EXPECT_LT(static_cast<double>(won) / kCourses, rule.alpha);
}

}  // namespace
}  // namespace meno
