// What every learner family must obey.
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "tutor/simulator/environment.h"
#include "tutor/simulator/realism.h"
#include "tutor/simulator/school_for_test.h"

namespace meno {
namespace {

const SchoolForTest& school() {
  static const SchoolForTest kSchool(80);
  return kSchool;
}

/// Fitted once per family: the networks take a moment under the sanitizers.
const LearnerFamily& fitted(const std::string& name) {
  static std::map<std::string, std::unique_ptr<const LearnerFamily>> families;
  auto& family = families[name];
  if (!family) {
    const FamilyEntry* const entry = *find_family(name);
    const int epochs = entry->name == "gru" ? 40 : entry->particles == 1 ? 2 : 10;
    family = *entry->fit(school().data(), {.seed = 3, .epochs = epochs});
  }
  return *family;
}

class EveryFamily : public testing::TestWithParam<std::string> {
 protected:
  const LearnerFamily& family() const { return fitted(GetParam()); }
  const SkillItems items_{school().course};
  const Engagement engagement_ = fit_engagement(school().course, school().data().students);
};

std::vector<bool> answers_of(PracticeEnvironment& environment, std::uint64_t seed) {
  std::vector<bool> answers;
  environment.reset(seed);
  for (std::size_t t = 0; t < 24; ++t)
    answers.push_back(environment.step(ItemId(t % 12), SkillId(t % 12 / 2)).correct);
  return answers;
}

TEST_P(EveryFamily, GivesProbabilities) {
  PracticeEnvironment environment(family(), items_, engagement_);
  environment.reset(1);
  for (std::size_t t = 0; t < 60; ++t) {
    const double p = environment.learner().p_correct(ItemId(0U));
    ASSERT_GT(p, 0.0);
    ASSERT_LT(p, 1.0);
    environment.step(ItemId(0U), SkillId(0U));
  }
}

TEST_P(EveryFamily, TheSameSeedIsTheSameStudent) {
  PracticeEnvironment environment(family(), items_, engagement_);
  PracticeEnvironment other(family(), items_, engagement_);
  EXPECT_EQ(answers_of(environment, 4), answers_of(other, 4));
  EXPECT_NE(answers_of(environment, 4), answers_of(other, 5));
}

TEST_P(EveryFamily, LookingDoesNotTeach) {
  PracticeEnvironment environment(family(), items_, engagement_);
  environment.reset(2);
  const double before = environment.mastery(SkillId(3U));
  for (int k = 0; k < 50; ++k) environment.mastery(SkillId(k % 6 == 0 ? 3U : 1U));
  EXPECT_EQ(environment.mastery(SkillId(3U)), before);
}

TEST_P(EveryFamily, ACloneGoesOnAlone) {
  Rng rng(8);
  const auto learner = family().new_learner(rng);
  const auto clone = learner->clone();
  const double before = clone->p_correct(ItemId(1U));
  EXPECT_EQ(before, learner->p_correct(ItemId(1U)));
  for (int k = 0; k < 20; ++k) learner->practise(ItemId(1U), true, rng);
  EXPECT_EQ(clone->p_correct(ItemId(1U)), before);
  EXPECT_NE(learner->p_correct(ItemId(1U)), before);
}

TEST_P(EveryFamily, PractisesToGoodEffectWhereRealStudentsDid) {
  PracticeEnvironment environment(family(), items_, engagement_);
  double before = 0.0;
  double after = 0.0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    environment.reset(seed);
    before += environment.mastery(SkillId(0U)) / 60.0;
    for (std::size_t t = 0; t < 6; ++t) environment.step(ItemId(t % 2), SkillId(0U));
    after += environment.mastery(SkillId(0U)) / 60.0;
  }
  EXPECT_GT(after, before + 0.02);
}

TEST_P(EveryFamily, ForeseesStudentsItHasNotSeen) {
  const SchoolForTest others(30, 0.5, 99);
  const FamilyEntry* const entry = *find_family(GetParam());
  const Realism realism =
      realism_of(family(), others.data().students,
                 {.particles = std::min<std::size_t>(entry->particles, 16), .longest = 30});
  EXPECT_EQ(realism.answers, 900U);
  EXPECT_LT(realism.log_loss, realism.base_log_loss);
  EXPECT_GT(realism.auc.value_or(0.0), 0.55);
}

TEST_P(EveryFamily, RefusesNoAnswers) {
  const FamilyEntry* const entry = *find_family(GetParam());
  const PracticeData nothing{.course = school().course, .graph = school().graph, .students = {}};
  EXPECT_FALSE(entry->fit(nothing, {}).has_value());
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const FamilyEntry& entry : family_registry()) all.emplace_back(entry.name);
  return all;
}
INSTANTIATE_TEST_SUITE_P(Families, EveryFamily, testing::ValuesIn(names()),
                         [](const auto& one) { return one.param; });

/// Answers right half the time, whatever he is asked.
class Coin final : public SimulatedLearner {
 public:
  double p_correct(ItemId /*item*/) const override { return 0.5; }
  void practise(ItemId /*item*/, bool /*correct*/, Rng& /*rng*/) override {}
  std::unique_ptr<SimulatedLearner> clone() const override { return std::make_unique<Coin>(); }
};
class Coins final : public LearnerFamily {
 public:
  std::unique_ptr<SimulatedLearner> new_learner(Rng& /*rng*/) const override {
    return std::make_unique<Coin>();
  }
};

TEST(PracticeEnvironment, AnswersAlikeWhateverWasAskedBefore) {
  const SchoolForTest school(1);
  const SkillItems items(school.course);
  const Engagement engagement = fit_engagement(school.course, {});
  const Coins coins;
  PracticeEnvironment one(coins, items, engagement);
  PracticeEnvironment other(coins, items, engagement);
  one.reset(3);
  other.reset(3);
  for (std::size_t t = 0; t < 20; ++t) {
    const PracticeStep a = one.step(ItemId(t % 12), SkillId(0U));
    const PracticeStep b = other.step(ItemId(11 - t % 12), SkillId(0U));
    EXPECT_EQ(a.correct, b.correct) << t;
    EXPECT_EQ(a.seconds, b.seconds) << t;
  }
}

TEST(FindFamily, NamesThoseThereAre) {
  const auto found = find_family("ghost");
  ASSERT_FALSE(found.has_value());
  EXPECT_NE(found.error().message.find("additive, states, memory"), std::string::npos);
}

}  // namespace
}  // namespace meno
