#include "teach/insight/insight.h"

#include <algorithm>
#include <array>
#include <deque>

#include <gtest/gtest.h>

namespace meno {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};
constexpr std::array<SkillId, 1> kAddition{SkillId(0U)};
const std::vector<Text> kNames{{"Addition", "加法"}, {"Multiplication", "乘法"}};

// A student from a line of answers on one skill, and an estimate per skill.
struct Pupil {
  LearningRecord record;
  std::vector<SkillMastery> mastery;

  // `answers`: '1' right, '0' wrong, 'g' a rapid guess; the last at `last`, one minute apart.
  Pupil& answered(std::string_view answers, TimePoint last, std::span<const SkillId> skills) {
    for (std::size_t k = 0; k < answers.size(); ++k) {
      const auto before = minutes(static_cast<std::int64_t>(answers.size() - 1 - k));
      record.observe({.item = ItemId(k),
                      .skills = skills,
                      .correct = answers[k] == '1' ? 1.0F : 0.0F,
                      .at = last == kNoTime ? kNoTime : last - before,
                      .response_ms = answers[k] == 'g' ? 400 : 20'000},
                     {.event_id = "e"});
    }
    return *this;
  }
  Pupil& believed(double p_addition, double p_multiplication = 0.7) {
    const std::array<double, 2> estimates{p_addition, p_multiplication};
    mastery.clear();
    for (std::size_t s = 0; s < 2; ++s) {
      const std::array<double, 1> p{estimates[s]};
      mastery.push_back(mastery_from(SkillId(s), p, record.skill(SkillId(s)), kNow, {}));
    }
    return *this;
  }
};

std::vector<NeedsHelp> help_for(const std::deque<Pupil>& pupils, TimePoint now = kNow,
                                const SkillGraph& graph = SkillGraph(2)) {
  std::vector<ClassMember> members;
  for (const Pupil& pupil : pupils) {
    members.push_back({.record = pupil.record, .mastery = pupil.mastery});
  }
  return needs_help(members, graph, kNames, now);
}

// Someone who works right now, so that the class counts as active.
Pupil busy() { return Pupil().answered("1110111", kNow - minutes(1), kAddition).believed(0.85); }

TEST(NeedsHelp, TellsTheKindsApart) {
  struct Case {
    const char* why;
    const char* answers;
    TimePoint last;
    double p_addition;
    std::optional<HelpKind> kind;
  };
  const Case cases[] = {
      {"fine", "1110111", kNow - minutes(1), 0.85, std::nullopt},
      {"weak", "0100100", kNow - minutes(1), 0.35, HelpKind::Struggling},
      {"weak, but two answers are no evidence", "00", kNow - minutes(1), 0.35, std::nullopt},
      {"weak, a month ago", "0100100", kNow - days(30), 0.35, HelpKind::Absent},
      {"four wrong in a row", "11110000", kNow - minutes(1), 0.6, HelpKind::Struggling},
      {"three wrong in a row", "1111000", kNow - minutes(1), 0.6, std::nullopt},
      {"wheel-spinning", "101010101010101", kNow - minutes(1), 0.65, HelpKind::Struggling},
      {"one short of wheel-spinning", "10101010101010", kNow - minutes(1), 0.65, std::nullopt},
      {"long but getting there", "101010101010101", kNow - minutes(1), 0.75, std::nullopt},
      {"rapid guesses", "11g1g1g11", kNow - minutes(1), 0.6, HelpKind::RapidGuessing},
      {"two guesses are not yet a habit", "11g1g111", kNow - minutes(1), 0.6, std::nullopt},
      {"guesses, but few among many", "ggg111111111111111", kNow - minutes(1), 0.7, std::nullopt},
      {"stopped a while ago", "1110111", kNow - minutes(6), 0.8, HelpKind::Idle},
      {"thinking", "1110111", kNow - minutes(4), 0.8, std::nullopt},
      {"went home", "1110111", kNow - minutes(46), 0.8, std::nullopt},
      {"away for a week", "1110111", kNow - days(7), 0.8, HelpKind::Absent},
      {"away for six days", "1110111", kNow - days(6), 0.8, std::nullopt},
      {"never came", "", kNow, 0.5, HelpKind::Absent},
  };
  for (const Case& c : cases) {
    std::deque<Pupil> pupils{busy()};
    pupils.push_back(Pupil().answered(c.answers, c.last, kAddition).believed(c.p_addition));
    const auto list = help_for(pupils);
    ASSERT_EQ(list.size(), c.kind ? 1U : 0U) << c.why;
    if (!c.kind) continue;
    EXPECT_EQ(name_of(list[0].kind), name_of(*c.kind)) << c.why;
    EXPECT_EQ(list[0].member, 1U) << c.why;
    EXPECT_FALSE(list[0].reason.en.empty() || list[0].reason.zh_cn.empty()) << c.why;
    EXPECT_FALSE(list[0].suggestion.en.empty() || list[0].suggestion.zh_cn.empty()) << c.why;
  }
}

TEST(NeedsHelp, SaysWhatItRestsOn) {
  std::deque<Pupil> pupils{busy()};
  pupils.push_back(Pupil().answered("0100100", kNow - minutes(1), kAddition).believed(0.35));
  const auto list = help_for(pupils);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].skill, SkillId(0U));
  EXPECT_EQ(list[0].evidence_count, 7U);
  EXPECT_NE(list[0].reason.en.find("“Addition”: 5 of 7 answers wrong"), std::string::npos)
      << list[0].reason.en;
  EXPECT_NE(list[0].reason.en.find("the last 2 in a row wrong"), std::string::npos);
  EXPECT_NE(list[0].reason.zh_cn.find("7 次作答错 5 次"), std::string::npos);
}

TEST(NeedsHelp, PointsToTheWeakPrerequisite) {
  Vocabulary<SkillId> skills;
  skills.intern("addition");
  skills.intern("multiplication");
  const std::vector<Prerequisite> edges{{"addition", "multiplication"}};
  const auto graph = SkillGraph::make(skills, edges);
  ASSERT_TRUE(graph);
  constexpr std::array<SkillId, 1> kMultiplication{SkillId(1U)};
  std::deque<Pupil> pupils{busy()};
  pupils.push_back(Pupil()
                       .answered("1010", kNow - days(2), kAddition)
                       .answered("000000", kNow - minutes(1), kMultiplication)
                       .believed(0.5, 0.2));
  const auto list = help_for(pupils, kNow, *graph);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].skill, SkillId(1U));
  EXPECT_NE(list[0].suggestion.en.find("“Addition”"), std::string::npos) << list[0].suggestion.en;
  EXPECT_NE(list[0].suggestion.zh_cn.find("“加法”"), std::string::npos);
}

TEST(NeedsHelp, NamesTheMostUrgentTenInOrder) {
  std::deque<Pupil> pupils{busy()};
  for (int k = 0; k < 15; ++k) {
    pupils.push_back(
        Pupil().answered("010101", kNow - minutes(1), kAddition).believed(0.5 - 0.01 * k));
  }
  pupils.push_back(Pupil().answered("1110111", kNow - days(9), kAddition).believed(0.8));
  const auto list = help_for(pupils);
  ASSERT_EQ(list.size(), 10U);
  EXPECT_EQ(list[0].member, 15U) << "the lowest estimate";
  EXPECT_TRUE(std::is_sorted(list.begin(), list.end(),
                             [](const auto& a, const auto& b) { return a.urgency > b.urgency; }));
}

TEST(NeedsHelp, PutsStrugglingBeforeTheOthers) {
  std::deque<Pupil> pupils{busy()};
  pupils.push_back(Pupil().believed(0.5));
  pupils.push_back(Pupil().answered("1110111", kNow - minutes(20), kAddition).believed(0.8));
  pupils.push_back(Pupil().answered("11g1g1g11", kNow - minutes(1), kAddition).believed(0.6));
  pupils.push_back(Pupil().answered("0100100", kNow - minutes(1), kAddition).believed(0.3));
  const auto list = help_for(pupils);
  ASSERT_EQ(list.size(), 4U);
  EXPECT_EQ(list[0].kind, HelpKind::Struggling);
  EXPECT_EQ(list[1].kind, HelpKind::RapidGuessing);
  EXPECT_EQ(list[2].kind, HelpKind::Idle);
  EXPECT_EQ(list[3].kind, HelpKind::Absent);
}

TEST(NeedsHelp, CallsNobodyAbsentOnHoliday) {
  std::deque<Pupil> pupils;
  for (int k = 0; k < 3; ++k) {
    pupils.push_back(Pupil().answered("1110111", kNow - days(20), kAddition).believed(0.8));
  }
  pupils.push_back(Pupil().believed(0.5));
  EXPECT_TRUE(help_for(pupils).empty());
}

TEST(NeedsHelp, CallsNobodyIdleOrAbsentWithoutTimes) {
  std::deque<Pupil> pupils;
  pupils.push_back(Pupil().answered("1110111", kNoTime, kAddition).believed(0.8));
  pupils.push_back(Pupil().believed(0.5));
  pupils.push_back(Pupil().answered("0100100", kNoTime, kAddition).believed(0.3));
  const auto list = help_for(pupils);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].kind, HelpKind::Struggling);
}

TEST(NeedsHelp, TakesAnEmptyClassAndVeryLongHistories) {
  EXPECT_TRUE(help_for({}).empty());
  std::deque<Pupil> pupils{busy()};
  pupils.push_back(
      Pupil().answered(std::string(100'000, '0'), kNow - minutes(1), kAddition).believed(0.01));
  pupils.push_back(
      Pupil().answered(std::string(100'000, '1'), kNow - minutes(1), kAddition).believed(0.99));
  const auto list = help_for(pupils);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].member, 1U);
  EXPECT_EQ(list[0].evidence_count, 100'000U);
}

TEST(HeatMapRow, IsEmptyWhereEvidenceIs) {
  const Pupil pupil = Pupil().answered("0101", kNow, kAddition).believed(0.4, 0.9);
  const auto row = heat_map_row(pupil.mastery);
  ASSERT_EQ(row.size(), 2U);
  ASSERT_TRUE(row[0]);
  EXPECT_NEAR(*row[0], 0.4, 1e-12);
  EXPECT_FALSE(row[1]);
}

}  // namespace
}  // namespace meno
