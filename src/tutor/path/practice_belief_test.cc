#include "tutor/path/practice_belief.h"

#include <cmath>

#include <gtest/gtest.h>

#include "models/link.h"
#include "tutor/simulator/school_for_test.h"

namespace meno {
namespace {

AdditiveModel model_of(double gain) {
  AdditiveModel model{.ability_sd = 0.9, .own_sd = 0.6, .base = {}, .gain = {}, .easy = {}};
  model.base = {0.2, -0.4, 0.1, 0.0, 0.0, 0.3};
  model.gain.assign(6, gain);
  model.easy.assign(12, 0.0);
  return model;
}

/// Posterior means of ability + own of two skills by brute force on a grid over (theta, d0, d1).
std::pair<double, double> on_grid(const AdditiveModel& model, int right0, int wrong0, int right1) {
  double all = 0.0;
  double mean0 = 0.0;
  double mean1 = 0.0;
  for (double theta = -4.0; theta <= 4.0; theta += 0.1) {
    for (double d0 = -3.0; d0 <= 3.0; d0 += 0.1) {
      for (double d1 = -3.0; d1 <= 3.0; d1 += 0.1) {
        const double z0 = theta + d0 + model.base[0];
        const double z1 = theta + d1 + model.base[1];
        const double log_p = -0.5 * theta * theta / (0.9 * 0.9) -
                             0.5 * (d0 * d0 + d1 * d1) / (0.6 * 0.6) - right0 * surprise(z0, 1.0) -
                             wrong0 * surprise(z0, 0.0) - right1 * surprise(z1, 1.0);
        const double w = std::exp(log_p);
        all += w;
        mean0 += w * z0;
        mean1 += w * z1;
      }
    }
  }
  return {mean0 / all, mean1 / all};
}

TEST(PracticeBelief, IsTheExactPosteriorButForLaplacesApproximation) {
  const SchoolForTest school(1);
  const AdditiveModel model = model_of(0.0);
  PracticeBelief belief(model, school.course, school.graph);
  for (const bool correct : {true, true, false, true}) belief.observe(ItemId(0U), correct);
  belief.observe(ItemId(2U), true);
  const auto [mean0, mean1] = on_grid(model, 3, 1, 1);
  EXPECT_NEAR(belief.mean(SkillId(0U)), mean0, 0.12);
  EXPECT_NEAR(belief.mean(SkillId(1U)), mean1, 0.12);
}

TEST(PracticeBelief, SaysNothingOfTheseStudentsBeforeAnAnswer) {
  const SchoolForTest school(1);
  const AdditiveModel model = model_of(0.3);
  const PracticeBelief belief(model, school.course, school.graph);
  EXPECT_DOUBLE_EQ(belief.mean(SkillId(1U)), -0.4);
  EXPECT_NEAR(belief.variance(SkillId(1U)), 0.9 * 0.9 + 0.6 * 0.6, 1e-12);
}

TEST(PracticeBelief, AnAnswerOnOneSkillSaysSomethingOfAnother) {
  const SchoolForTest school(1);
  const AdditiveModel model = model_of(0.0);
  PracticeBelief belief(model, school.course, school.graph);
  const double before = belief.mean(SkillId(5U));
  const double unsure = belief.variance(SkillId(5U));
  belief.observe(ItemId(0U), true);
  EXPECT_GT(belief.mean(SkillId(5U)), before);
  EXPECT_LT(belief.variance(SkillId(5U)), unsure);
  EXPECT_GT(belief.variance(SkillId(5U)), belief.variance(SkillId(0U)));
}

TEST(PracticeBelief, DiscountsWhatIsOld) {
  const SchoolForTest school(1);
  const AdditiveModel model = model_of(0.0);
  PracticeBelief forgets(model, school.course, school.graph, 0.5);
  PracticeBelief keeps(model, school.course, school.graph, 1.0);
  for (int t = 0; t < 12; ++t) {
    forgets.observe(ItemId(0U), t >= 8);
    keeps.observe(ItemId(0U), t >= 8);
  }
  EXPECT_GT(forgets.mean(SkillId(0U)), keeps.mean(SkillId(0U)));
}

TEST(PracticeBelief, StaysFiniteOverManyAnswers) {
  const SchoolForTest school(1);
  const AdditiveModel model = model_of(0.3);
  PracticeBelief belief(model, school.course, school.graph);
  for (int t = 0; t < 100000; ++t) belief.observe(ItemId(static_cast<std::uint32_t>(t % 12)), true);
  EXPECT_TRUE(std::isfinite(belief.mean(SkillId(0U))));
  EXPECT_GT(belief.variance(SkillId(0U)), 0.0);
  EXPECT_GT(belief.p_correct(SkillId(0U)), 0.9);
}

}  // namespace
}  // namespace meno
