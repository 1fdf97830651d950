// What every policy must obey, and the contest that judges them.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "tutor/path/contest.h"
#include "tutor/path/session.h"
#include "tutor/simulator/school_for_test.h"

namespace meno {
namespace {

struct Scene {
  SchoolForTest school{60};
  SkillItems items{school.course};
  PathWorld world = *make_path_world(school.data(), items, {.epochs = 6});
  PathTask task{.world = world,
                .goals = {SkillId(4U), SkillId(5U)},
                .candidates = {SkillId(2U), SkillId(3U), SkillId(4U), SkillId(5U)},
                .steps = 20,
                .seed = 3};
};

const Scene& scene() {
  static const Scene kScene;
  return kScene;
}

class EveryPolicy : public testing::TestWithParam<std::string> {
 protected:
  const PolicyEntry& entry() const { return **find_policy(GetParam()); }
};

/// Choices of a policy whose student answers right where `right` says so.
template <class Right>
std::vector<SkillId> choices(const PolicyEntry& entry, const Right& right) {
  const auto policy = entry.make(scene().task);
  std::vector<SkillId> chosen;
  for (std::size_t t = 0; t < 20; ++t) {
    chosen.push_back(policy->next(20 - t));
    policy->observe(scene().items.all(chosen.back()).front(), right(t, chosen.back()));
  }
  return chosen;
}

TEST_P(EveryPolicy, ChoosesAmongTheCandidates) {
  for (const SkillId skill : choices(entry(), [](std::size_t t, SkillId) { return t % 3 == 0; })) {
    const auto& all = scene().task.candidates;
    EXPECT_NE(std::find(all.begin(), all.end(), skill), all.end());
  }
}

TEST_P(EveryPolicy, TheSameAnswersGiveTheSameChoices) {
  const auto right = [](std::size_t t, SkillId skill) { return (t + skill.value) % 2 == 0; };
  EXPECT_EQ(choices(entry(), right), choices(entry(), right));
}

TEST_P(EveryPolicy, SurvivesAStudentWhoIsAlwaysRightOrAlwaysWrong) {
  for (const bool answer : {true, false})
    EXPECT_EQ(choices(entry(), [answer](std::size_t, SkillId) { return answer; }).size(), 20U);
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const PolicyEntry& entry : policy_registry()) all.emplace_back(entry.name);
  return all;
}
INSTANTIATE_TEST_SUITE_P(Policies, EveryPolicy, testing::ValuesIn(names()),
                         [](const auto& one) { return one.param; });

ContestPlan small_contest() {
  ContestPlan plan;
  plan.steps = {4};
  plan.repeats = 1;
  plan.students = 12;
  plan.longest = 8;
  plan.policies = {"plan", "random", "fixed"};
  plan.families = {"additive", "states"};
  plan.errands.goals = 2;
  plan.errands.first_answers = 3;
  plan.epochs = 4;
  plan.resamples = 50;
  return plan;
}

ContestReport contest(const ContestPlan& plan) {
  static const SchoolForTest kSchool(70);
  return *run_contest(kSchool.course, kSchool.graph, kSchool.data().students, plan);
}

TEST(Contest, SaysWhichFamilyThePlannerWasBuiltOn) {
  const ContestReport report = contest(small_contest());
  ASSERT_EQ(report.rows.size(), 6U);
  ASSERT_EQ(report.races.size(), 6U);
  for (const ContestRow& row : report.rows) {
    EXPECT_EQ(row.built_on, row.family == "additive");
    EXPECT_LE(row.e_p.low, row.e_p.value);
    EXPECT_GE(row.e_p.high, row.e_p.value);
    EXPECT_LE(row.e_p.value, 1.0);
    if (row.policy == "plan") {
      EXPECT_EQ(row.plan_gain.value, 0.0);
    }
  }
}

TEST(Contest, IsTheSameForASeedAndAnyNumberOfThreads) {
  ContestPlan plan = small_contest();
  const ContestReport one = contest(plan);
  plan.threads = 3;
  const ContestReport three = contest(plan);
  for (std::size_t k = 0; k < one.rows.size(); ++k)
    EXPECT_EQ(one.rows[k].e_p.value, three.rows[k].e_p.value);
}

TEST(Contest, StartsEveryPolicyFromTheSameStudents) {
  const ContestReport report = contest(small_contest());
  for (const ContestRow& row : report.rows) {
    for (const ContestRow& other : report.rows) {
      if (row.family == other.family) {
        EXPECT_EQ(row.start, other.start);
      }
    }
  }
}

TEST(Contest, EpIsTheShareWonOfWhatWasMissing) {
  for (const ContestRow& row : contest(small_contest()).rows)
    EXPECT_NEAR(row.e_p.value, (row.end - row.start) / (1.0 - row.start), 1e-9) << row.policy;
}

TEST(Contest, RefusesWhatItCannotJudge) {
  static const SchoolForTest kFew(10);
  const auto few = run_contest(kFew.course, kFew.graph, kFew.data().students, small_contest());
  ASSERT_FALSE(few.has_value());
  EXPECT_NE(few.error().message.find("10 students"), std::string::npos);
  ContestPlan ghost = small_contest();
  ghost.policies = {"ghost"};
  static const SchoolForTest kSchool(70);
  EXPECT_FALSE(
      run_contest(kSchool.course, kSchool.graph, kSchool.data().students, ghost).has_value());
}

}  // namespace
}  // namespace meno
