#include "tutor/mastery/mastery.h"

#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "tutor/fake_student_for_test.h"

namespace meno {
namespace {

using std::chrono::days;

constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};
constexpr SkillId kSkill{0U};

SkillRecord after(std::uint32_t answers, TimePoint last_at = kNow) {
  SkillRecord record;
  record.answers = answers;
  record.last_at = last_at;
  return record;
}

SkillMastery mastery(std::vector<double> p, std::uint32_t answers, TimePoint last_at = kNow) {
  return mastery_from(kSkill, p, after(answers, last_at), kNow, {});
}

TEST(Mastery, ClaimsNothingOfASkillWithoutItems) {
  const SkillMastery m = mastery({}, 12);
  EXPECT_EQ(m.state, MasteryState::NotEnoughEvidence);
  EXPECT_EQ(m.low, 0.0);
  EXPECT_EQ(m.high, 1.0);
  EXPECT_EQ(m.answers, 12U);
}

TEST(Mastery, StateFollowsTheRules) {
  struct Case {
    const char* why;
    double p;
    std::uint32_t answers;
    MasteryState state;
  };
  const Case cases[] = {
      {"never met", 0.95, 0, MasteryState::NotEnoughEvidence},
      {"one short of the minimum", 0.05, 2, MasteryState::NotEnoughEvidence},
      {"at the minimum, low", 0.30, 3, MasteryState::Weak},
      {"just below the weak line", 0.549, 20, MasteryState::Weak},
      {"on the weak line", 0.55, 20, MasteryState::Learning},
      {"high but too few to be sure", 0.86, 3, MasteryState::Learning},
      {"high and sure", 0.90, 8, MasteryState::Mastered},
      {"not high enough, however sure", 0.74, 100'000, MasteryState::Learning},
      {"very many answers", 0.90, 100'000, MasteryState::Mastered},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(mastery({c.p, c.p, c.p, c.p, c.p}, c.answers).state, c.state) << c.why;
  }
}

TEST(Mastery, BandEnclosesTheEstimateAndStaysInRange) {
  for (const double p : {1e-9, 0.01, 0.3, 0.5, 0.99, 1.0 - 1e-9}) {
    for (const std::uint32_t answers : {0U, 1U, 10U, 100'000U}) {
      const SkillMastery m = mastery({p, p}, answers);
      EXPECT_GE(m.low, 0.0);
      EXPECT_LE(m.low, m.p_mastery);
      EXPECT_LE(m.p_mastery, m.high);
      EXPECT_LE(m.high, 1.0);
    }
  }
}

double width(const SkillMastery& m) { return m.high - m.low; }

TEST(Mastery, BandNarrowsWithAnswersAndWidensWithTimeAndSpread) {
  const std::vector<double> even{0.7, 0.7, 0.7, 0.7};
  EXPECT_LT(width(mastery(even, 10)), width(mastery(even, 3)));
  EXPECT_EQ(width(mastery(even, 50)), width(mastery(even, 100'000)));  // the cap
  EXPECT_GT(width(mastery(even, 10, kNow - days(90))), width(mastery(even, 10)));
  EXPECT_NEAR(width(mastery(even, 10, kNow - days(90))), width(mastery(even, 5)), 1e-12);
  EXPECT_GT(width(mastery({0.4, 1.0 - 1e-9, 0.4, 1.0 - 1e-9}, 10)), width(mastery(even, 10)));
}

TEST(Mastery, IgnoresATimeThatIsUnknownOrYetToCome) {
  const std::vector<double> p{0.7, 0.7};
  EXPECT_EQ(mastery(p, 10, kNoTime).low, mastery(p, 10).low);
  EXPECT_EQ(mastery(p, 10, kNow + days(3)).low, mastery(p, 10).low);
}

// Oracle: students drawn from N(0, 1) answer items of known easiness; the posterior of the ability
// on a grid gives p_correct as a perfect model would. How often does the band hold the truth about
// fresh items?
struct SimulatedSkill {
  double truth = 0.0;             // mean chance over many fresh items
  std::vector<double> p_correct;  // the posterior's, on five probes
};

double chance(double logit) { return 1.0 / (1.0 + std::exp(-logit)); }

SimulatedSkill simulate(int answers, Rng& rng) {
  constexpr int kGrid = 81;
  constexpr double kItemSpread = 0.7;
  const double ability = rng.normal();
  std::array<double, kGrid> weight{};
  for (int g = 0; g < kGrid; ++g) {
    const double at = (g - 40) / 10.0;
    weight[static_cast<std::size_t>(g)] = std::exp(-0.5 * at * at);
  }
  for (int k = 0; k < answers; ++k) {
    const double easiness = kItemSpread * rng.normal();
    const bool correct = rng.chance(chance(ability + easiness));
    for (int g = 0; g < kGrid; ++g) {
      const double p = chance((g - 40) / 10.0 + easiness);
      weight[static_cast<std::size_t>(g)] *= correct ? p : 1.0 - p;
    }
  }
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  SimulatedSkill skill;
  for (int k = 0; k < 5; ++k) {
    const double easiness = kItemSpread * rng.normal();
    double p = 0.0;
    for (int g = 0; g < kGrid; ++g) {
      p += weight[static_cast<std::size_t>(g)] * chance((g - 40) / 10.0 + easiness);
    }
    skill.p_correct.push_back(p / total);
  }
  for (int k = 0; k < 200; ++k) skill.truth += chance(ability + kItemSpread * rng.normal()) / 200;
  return skill;
}

TEST(Mastery, BandHoldsTheTruthAboutAsOftenAsItSays) {
  Rng rng(5);
  for (const int answers : {0, 3, 10, 30}) {
    int held = 0;
    constexpr int kStudents = 1'000;
    for (int s = 0; s < kStudents; ++s) {
      const SimulatedSkill skill = simulate(answers, rng);
      const SkillMastery m = mastery(skill.p_correct, static_cast<std::uint32_t>(answers));
      if (m.low <= skill.truth && skill.truth <= m.high) ++held;
    }
    const double share = held / static_cast<double>(kStudents);
    RecordProperty("held_after_" + std::to_string(answers), std::to_string(share));
    EXPECT_GE(share, 0.75) << answers;  // says .80
    EXPECT_LE(share, 0.97) << answers;
  }
}

Course course_of(const std::vector<std::vector<std::uint32_t>>& item_skills, std::size_t skills) {
  Course course;
  for (std::size_t s = 0; s < skills; ++s) course.skills.intern("s" + std::to_string(s));
  for (const auto& of_item : item_skills) {
    course.items.intern("i" + std::to_string(course.items.size()));
    course.item_skills.emplace_back();
    for (const std::uint32_t skill : of_item) course.item_skills.back().emplace_back(skill);
  }
  return course;
}

std::vector<std::uint32_t> items_of(const Probes& probes, std::uint32_t skill) {
  std::vector<std::uint32_t> items;
  for (const Target& target : probes.of(SkillId(skill))) items.push_back(target.item.value);
  return items;
}

TEST(Probes, SpreadOverTheDifficultiesOfASkill) {
  const Course course = course_of({{0}, {0}, {0}, {0}, {0}, {0}}, 1);
  const FakeModel model({5.0, 0.0, 3.0, 1.0, 4.0, 2.0}, 1);  // sorted: 1 3 5 2 4 0
  EXPECT_EQ(items_of(Probes(course, model, 3), 0), (std::vector<std::uint32_t>{3, 2, 0}));
  EXPECT_EQ(items_of(Probes(course, model, 1), 0), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(items_of(Probes(course, model, 9), 0).size(), 6U);
}

TEST(Probes, PreferItemsOfTheOneSkill) {
  const Course course = course_of({{0, 1}, {0}, {0, 1}, {0}}, 3);
  const FakeModel model({0.0, 0.0, 0.0, 0.0}, 3);
  EXPECT_EQ(items_of(Probes(course, model, 2), 0), (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(items_of(Probes(course, model, 3), 0).size(), 3U);
  EXPECT_EQ(items_of(Probes(course, model, 3), 1), (std::vector<std::uint32_t>{0, 2}));
  EXPECT_TRUE(items_of(Probes(course, model, 3), 2).empty());
}

TEST(MasteryOf, EqualsOneSkillAtATime) {
  const Course course = course_of({{0}, {0}, {1}, {0, 1}, {2}}, 4);
  const FakeModel model({1.0, -1.0, 0.5, 0.0, 2.0}, 4);
  const Probes probes(course, model);
  const auto tracker = model.new_student();
  LearningRecord record;
  for (std::uint32_t i = 0; i < 5; ++i) {
    const Event event{
        .item = ItemId(i), .skills = course.skills_of(ItemId(i)), .correct = 1.0F, .at = kNow};
    tracker->observe(event);
    record.observe(event, {.event_id = "e"});
  }
  const auto all = mastery_of_all(*tracker, record, probes, kNow);
  ASSERT_EQ(all.size(), 4U);
  for (std::uint32_t s = 0; s < 4; ++s) {
    const std::array<SkillId, 1> one{SkillId(s)};
    const auto alone = mastery_of(one, *tracker, record, probes, kNow);
    EXPECT_EQ(alone[0].p_mastery, all[s].p_mastery);
    EXPECT_EQ(alone[0].low, all[s].low);
    EXPECT_EQ(alone[0].skill, SkillId(s));
  }
  EXPECT_EQ(all[0].answers, 3U);
  EXPECT_EQ(all[3].state, MasteryState::NotEnoughEvidence);  // no items
}

}  // namespace
}  // namespace meno
