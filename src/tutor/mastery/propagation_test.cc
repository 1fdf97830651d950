#include "tutor/mastery/propagation.h"

#include <cmath>

#include <gtest/gtest.h>

namespace meno {
namespace {

/// a -> b -> c.
SkillGraph chain() {
  Vocabulary<SkillId> names;
  for (const char* name : {"a", "b", "c"}) names.intern(name);
  const Prerequisite edges[] = {{"a", "b"}, {"b", "c"}};
  return *SkillGraph::make(names, edges);
}

SkillMastery of(std::size_t skill, double p, double half, std::uint32_t answers) {
  SkillMastery mastery;
  mastery.skill = SkillId(skill);
  mastery.p_mastery = p;
  mastery.low = p - half;
  mastery.high = p + half;
  mastery.answers = answers;
  return mastery;
}

constexpr double kUnknown[] = {0.5, 0.5, 0.5};

TEST(Propagation, JoinsMessagesAndOwnBeliefByPrecision) {
  const SkillMastery skills[] = {of(0, 0.2, 0.1, 20), of(1, 0.5, 0.3, 0), of(2, 0.5, 0.3, 0)};
  const PropagationRules rules{.correlation = 0.6, .spread = 0.4};
  const auto inferred = propagated(skills, kUnknown, chain(), rules);
  EXPECT_FALSE(inferred[0]) << "answers enough of its own";
  EXPECT_FALSE(inferred[2]) << "its neighbour knows nothing either";
  ASSERT_TRUE(inferred[1]);
  EXPECT_EQ(inferred[1]->from, std::vector<SkillId>{SkillId(0U)});
  // The same by hand: own N(0, v), message N(.6 logit .2, .36 v_a + .64 * .4).
  const double v = std::pow(0.3 / 1.2816 / 0.25, 2);
  const double v_a = std::pow(0.1 / 1.2816 / 0.16, 2);
  const double v_message = 0.36 * v_a + 0.64 * 0.4;
  const double mean = 0.6 * std::log(0.25) / v_message / (1.0 / v + 1.0 / v_message);
  EXPECT_NEAR(inferred[1]->p_mastery, 1.0 / (1.0 + std::exp(-mean)), 1e-12);
  EXPECT_LT(inferred[1]->low, inferred[1]->p_mastery);
  EXPECT_GT(inferred[1]->high, inferred[1]->p_mastery);
}

TEST(Propagation, CountsTheLessTheMoreIsKnown) {
  const SkillMastery unsure[] = {of(0, 0.2, 0.1, 20), of(1, 0.5, 0.3, 0)};
  const SkillMastery sure[] = {of(0, 0.2, 0.1, 20), of(1, 0.5, 0.1, 2)};
  const double far = propagated(unsure, kUnknown, chain())[1]->p_mastery;
  const double near = propagated(sure, kUnknown, chain())[1]->p_mastery;
  EXPECT_LT(far, near);
  EXPECT_LT(near, 0.5);
}

TEST(Propagation, ChangesNothingWithoutCorrelation) {
  const SkillMastery skills[] = {of(0, 0.9, 0.05, 20), of(1, 0.5, 0.3, 0)};
  const auto inferred = propagated(skills, kUnknown, chain(), {.correlation = 0.0});
  EXPECT_NEAR(inferred[1]->p_mastery, 0.5, 1e-12);
}

}  // namespace
}  // namespace meno
