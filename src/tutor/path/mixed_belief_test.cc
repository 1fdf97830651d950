#include "tutor/path/mixed_belief.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tutor/simulator/school_for_test.h"

namespace meno {
namespace {

const SchoolForTest& school() {
  static const SchoolForTest kSchool(1);
  return kSchool;
}

const AdditiveModel& model() {
  static const AdditiveModel kModel{.base = std::vector<double>(6, 0.2),
                                    .gain = std::vector<double>(6, 0.2),
                                    .easy = std::vector<double>(12, 0.3)};
  return kModel;
}

MixedBelief fresh(const Theories& theories = {}) {
  return MixedBelief({model(), school().course, school().graph}, school().course, theories);
}

MixedBelief after(const std::vector<bool>& answers) {
  MixedBelief belief = fresh();
  for (const bool correct : answers) belief.observe(ItemId(0U), correct);
  return belief;
}

TEST(MixedBelief, WeighsTheTheoriesByWhatEitherGaveEveryAnswer) {
  MixedBelief belief = fresh({.prior = 0.3});
  double first = 0.7;
  double second = 0.3;
  for (std::size_t t = 0; t < 12; ++t) {
    const ItemId item(t % 4);
    const SkillId skill(item.value / 2);
    const bool correct = t % 3 != 1;
    const double p = belief.practice().p_correct(item);
    const double q = mean_sigmoid(belief.practice().mean(skill) + belief.recent(skill) + 0.3,
                                  belief.practice().variance(skill));
    first *= correct ? p : 1.0 - p;
    second *= correct ? q : 1.0 - q;
    belief.observe(item, correct);
    EXPECT_NEAR(belief.persistence(), second / (first + second), 1e-12) << t;
  }
}

TEST(MixedBelief, RecentAnswersAreWhatWasNotForeseenAndFade) {
  MixedBelief belief = fresh({.effect = 4.0, .decay = 0.75});
  const double p = belief.practice().p_correct(ItemId(0U));
  belief.observe(ItemId(0U), false);
  EXPECT_NEAR(belief.recent(SkillId(0U)), 4.0 * 0.25 * (0.0 - p), 1e-12);
  EXPECT_EQ(belief.recent(SkillId(1U)), 0.0);
  const double next = belief.practice().p_correct(ItemId(0U));
  const double before = belief.recent(SkillId(0U));
  belief.observe(ItemId(0U), true);
  EXPECT_NEAR(belief.recent(SkillId(0U)), 0.75 * before + 4.0 * 0.25 * (1.0 - next), 1e-12);
}

TEST(MixedBelief, BelievesPersistenceOfWhoChangesAllAtOnce) {
  const std::vector<bool> at_once{false, false, false, false, false, true, true, true, true, true};
  const std::vector<bool> by_turns{false, true, false, true, false, true, false, true, false, true};
  EXPECT_GT(after(at_once).persistence(), 0.5);
  EXPECT_LT(after(by_turns).persistence(), 0.5);
}

TEST(MixedBelief, ExpectsWhatBothTheoriesDoByTheirWeights) {
  const MixedBelief belief = after({true, true, false});
  const SkillId skill(0U);
  const PracticeBelief& practice = belief.practice();
  const double first = practice.p_correct(skill);
  const double second =
      mean_sigmoid(practice.mean(skill) + belief.recent(skill), practice.variance(skill));
  const double weight = belief.persistence();
  EXPECT_NEAR(belief.p_correct(skill), (1.0 - weight) * first + weight * second, 1e-12);
  EXPECT_NE(first, second);
}

TEST(MixedBelief, StaysFiniteOverManyAnswers) {
  MixedBelief belief = fresh();
  for (std::size_t t = 0; t < 5000; ++t) belief.observe(ItemId(0U), t % 2500 < 1250);
  EXPECT_GE(belief.persistence(), 0.0);
  EXPECT_LE(belief.persistence(), 1.0);
  EXPECT_TRUE(std::isfinite(belief.recent(SkillId(0U))));
}

}  // namespace
}  // namespace meno
