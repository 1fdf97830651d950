#include "tutor/learning_record.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "tutor/response_times.h"

namespace meno {
namespace {

using std::chrono::hours;

constexpr TimePoint kStart{std::chrono::milliseconds(1'700'000'000'000)};
constexpr std::array<SkillId, 1> kAddition{SkillId(0U)};
constexpr std::array<SkillId, 2> kBoth{SkillId(0U), SkillId(1U)};

Event answer(std::uint32_t item, std::span<const SkillId> skills, bool correct,
             TimePoint at = kNoTime, std::int32_t response_ms = kNoResponseTime) {
  return {.item = ItemId(item),
          .skills = skills,
          .correct = correct ? 1.0F : 0.0F,
          .at = at,
          .response_ms = response_ms};
}

AnswerNote note(std::string id, int hints = 0) {
  return {.event_id = std::move(id), .hints_used = hints};
}

TEST(LearningRecord, IsEmptyBeforeTheFirstAnswer) {
  const LearningRecord record;
  EXPECT_EQ(record.answers(), 0U);
  EXPECT_EQ(record.last_at(), kNoTime);
  EXPECT_EQ(record.skill(SkillId(3U)).answers, 0U);
  EXPECT_EQ(record.item(ItemId(3U)).times, 0U);
  EXPECT_EQ(record.recent_answers(), 0);
}

TEST(LearningRecord, CountsPerSkillAndItem) {
  LearningRecord record;
  record.observe(answer(7, kAddition, true, kStart), note("a"));
  record.observe(answer(8, kBoth, false, kStart + hours(1)), note("b", 2));
  record.observe(answer(7, kAddition, false, kStart + hours(2)), note("c"));
  EXPECT_EQ(record.answers(), 3U);
  EXPECT_EQ(record.right(), 1U);
  EXPECT_EQ(record.hints(), 2U);
  EXPECT_EQ(record.streak(), -2);
  const SkillRecord& addition = record.skill(SkillId(0U));
  EXPECT_EQ(addition.answers, 3U);
  EXPECT_EQ(addition.right, 1U);
  EXPECT_EQ(addition.streak, -2);
  EXPECT_EQ(addition.run, 3U);
  EXPECT_EQ(addition.last_at, kStart + hours(2));
  EXPECT_EQ(addition.hints, 2U);
  const SkillRecord& other = record.skill(SkillId(1U));
  EXPECT_EQ(other.answers, 1U);
  EXPECT_EQ(other.last_answer, 2U);
  EXPECT_EQ(record.item(ItemId(7U)).times, 2U);
  EXPECT_FALSE(record.item(ItemId(7U)).last_correct);
}

TEST(LearningRecord, StartsARunAnewAfterAnotherSkill) {
  constexpr std::array<SkillId, 1> kOther{SkillId(1U)};
  LearningRecord record;
  for (int k = 0; k < 3; ++k) record.observe(answer(1, kAddition, true), note(""));
  record.observe(answer(2, kOther, true), note(""));
  record.observe(answer(1, kAddition, true), note(""));
  EXPECT_EQ(record.skill(SkillId(0U)).run, 1U);
}

TEST(LearningRecord, KeepsTheLastAttemptsNewestFirst) {
  LearningRecord record;
  for (const char* id : {"a", "b", "c", "d"}) record.observe(answer(1, kAddition, true), note(id));
  const auto& attempts = record.skill(SkillId(0U)).attempts;
  ASSERT_EQ(attempts.size(), kKeptAttempts);
  EXPECT_EQ(attempts[0].event_id, "d");
  EXPECT_EQ(attempts[2].event_id, "b");
}

TEST(LearningRecord, SupposingLeavesWhatHappenedLastAlone) {
  LearningRecord record;
  record.observe(answer(7, kAddition, true, kStart), note("a"));
  SupposedRecord supposed(record);
  supposed.suppose(answer(9, kAddition, false, kStart + hours(5)));
  const SkillRecord& skill = supposed.skill(SkillId(0U));
  EXPECT_EQ(skill.answers, 2U);
  EXPECT_EQ(skill.streak, -1);
  EXPECT_EQ(skill.last_at, kStart);
  EXPECT_EQ(skill.run, 1U);
  EXPECT_EQ(skill.attempts.size(), 1U);
  EXPECT_EQ(supposed.real().answers(), 1U);
  EXPECT_EQ(supposed.real().item(ItemId(9U)).times, 0U);
}

TEST(LearningRecord, StaysSmallOverAHundredThousandAnswers) {
  LearningRecord record;
  for (std::uint32_t k = 0; k < 100'000; ++k) {
    record.observe(answer(k % 50, kAddition, k % 2 == 0, kStart + hours(k), 900), note("x"));
  }
  EXPECT_EQ(record.answers(), 100'000U);
  EXPECT_EQ(record.skill(SkillId(0U)).right, 50'000U);
  EXPECT_EQ(record.skill(SkillId(0U)).attempts.size(), kKeptAttempts);
  EXPECT_EQ(record.recent_answers(), kRecentAnswers);
  EXPECT_EQ(record.recent_rapid_guesses(), kRecentAnswers / 2);
  EXPECT_EQ(record.rapid_guesses(), 50'000U);
}

TEST(RapidGuess, IsWrongAndTooFastToHaveRead) {
  struct Case {
    const char* why;
    bool correct;
    std::int32_t response_ms;
    std::int32_t median_ms;
    bool rapid;
  };
  const Case cases[] = {
      {"fast and wrong", false, 1'499, kNoResponseTime, true},
      {"at the floor", false, 1'500, kNoResponseTime, false},
      {"fast but right", true, 300, 60'000, false},
      {"no time given", false, kNoResponseTime, 60'000, false},
      {"under a tenth of a long item", false, 5'999, 60'000, true},
      {"a tenth of a long item", false, 6'000, 60'000, false},
      {"a short item keeps the floor", false, 1'400, 3'000, true},
  };
  for (const Case& c : cases) {
    const Event event = answer(1, kAddition, c.correct, kNoTime, c.response_ms);
    EXPECT_EQ(is_rapid_guess(event, c.median_ms), c.rapid) << c.why;
  }
}

TEST(Trend, ComparesTheNewerHalfWithTheOlder) {
  struct Case {
    const char* why;
    const char* answers;  // oldest first
    Trend trend;
  };
  const Case cases[] = {
      {"nothing", "", Trend::Unknown},
      {"five are too few", "00111", Trend::Unknown},
      {"six are enough", "000111", Trend::Rising},
      {"the other way", "111000", Trend::Falling},
      {"all the same", "1111111111", Trend::Steady},
      {"one more right out of five is no trend", "0101001011", Trend::Steady},
      {"two more out of five are", "0001001101", Trend::Rising},
      {"only the last ten count", "11111111110000011111", Trend::Rising},
  };
  for (const Case& c : cases) {
    LearningRecord record;
    for (const char* a = c.answers; *a != '\0'; ++a) {
      record.observe(answer(1, kAddition, *a == '1'), note(""));
    }
    EXPECT_EQ(record.skill(SkillId(0U)).trend(), c.trend) << c.why;
  }
}

TEST(ResponseTimes, SaysNothingOfFewTimes) {
  ResponseTimes times;
  EXPECT_EQ(times.median_ms(ItemId(1U)), kNoResponseTime);
  for (std::uint32_t k = 0; k + 1 < ResponseTimes::kEnough; ++k) {
    times.observe(answer(1, kAddition, true, kNoTime, 4'000));
  }
  times.observe(answer(1, kAddition, true));  // without a time: does not count
  EXPECT_EQ(times.median_ms(ItemId(1U)), kNoResponseTime);
  times.observe(answer(1, kAddition, true, kNoTime, 4'000));
  EXPECT_NEAR(times.median_ms(ItemId(1U)), 4'000, 4'000.0 / 9);
}

TEST(ResponseTimes, MedianIsWithinANinthOfTheExactOne) {
  Rng rng(11);
  for (const double centre : {800.0, 9'000.0, 240'000.0}) {
    ResponseTimes times;
    std::vector<std::int32_t> exact;
    for (int k = 0; k < 2'001; ++k) {
      const auto ms = static_cast<std::int32_t>(centre * std::exp(0.5 * rng.normal()));
      exact.push_back(ms);
      times.observe(answer(1, kAddition, true, kNoTime, ms));
    }
    std::nth_element(exact.begin(), exact.begin() + 1'000, exact.end());
    const double median = exact[1'000];
    EXPECT_NEAR(times.median_ms(ItemId(1U)), median, median / 9) << centre;
  }
}

TEST(ResponseTimes, TakesTimesBeyondItsRange) {
  ResponseTimes times;
  for (int k = 0; k < 20; ++k) times.observe(answer(1, kAddition, true, kNoTime, 0));
  for (int k = 0; k < 20; ++k) times.observe(answer(2, kAddition, true, kNoTime, 2'000'000'000));
  EXPECT_LT(times.median_ms(ItemId(1U)), 200);
  EXPECT_GT(times.median_ms(ItemId(2U)), 3'600'000);
}

}  // namespace
}  // namespace meno
