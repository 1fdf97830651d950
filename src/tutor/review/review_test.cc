// Sittings, the protocol, and the schedule.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "tutor/review/protocol.h"
#include "tutor/review/regimes.h"
#include "tutor/review/schedule.h"

namespace meno {
namespace {

TEST(ReviewLog, JoinsAnswersOfOneSitting) {
  const std::vector<SkillId> skills{SkillId(3U)};
  History history;
  const auto add = [&](double hours, float correct) {
    history.push_back({.item = ItemId(0U),
                       .skills = skills,
                       .correct = correct,
                       .at = TimePoint{} + std::chrono::minutes(std::lround(hours * 60.0))});
  };
  add(0.0, 0.0F);
  add(7.9, 1.0F);  // a chain of less than eight hours each
  add(15.0, 1.0F);
  add(23.5, 1.0F);  // the next sitting
  const ReviewLog log = review_log_of(history.view(), ReviewUnit::Skill);
  ASSERT_EQ(log.reviews.size(), 2U);
  EXPECT_EQ(log.reviews[0].card, 3U);
  EXPECT_FALSE(log.reviews[0].review.recalled) << "the first answer tells";
  EXPECT_EQ(log.reviews[0].review.answers, 3U);
  EXPECT_EQ(log.reviews[0].review.right, 2U);
  EXPECT_DOUBLE_EQ(log.reviews[0].review.end, 15.0 / 24.0);
  EXPECT_TRUE(log.reviews[1].review.recalled);
}

/// `learners` who forget at their own pace.
std::vector<ReviewLog> drawn_logs(std::size_t learners) {
  std::vector<ReviewLog> logs;
  for (std::size_t u = 0; u < learners; ++u) {
    Rng rng(u);
    const double half_life = 5.0 + 5.0 * static_cast<double>(u);
    std::vector<double> seen(12, -1.0);
    logs.emplace_back();
    for (int day = 0; day < 60; ++day) {
      for (std::uint32_t card = 0; card < seen.size(); ++card) {
        if (!rng.chance(0.15)) continue;
        const bool recalled =
            rng.chance(seen[card] < 0.0 ? 0.5 : std::exp2((seen[card] - day) / half_life));
        seen[card] = day;
        logs.back().reviews.push_back(
            {.card = card, .review = {.day = 1.0 * day, .end = 1.0 * day, .recalled = recalled}});
      }
    }
  }
  return logs;
}

TEST(ReviewProtocol, ForeseesTheSameWhateverTheLearnerDoesLater) {
  for (const std::size_t learners : {1U, 3U}) {
    const std::vector<ReviewLog> logs = drawn_logs(learners);
    std::vector<ReviewLog> changed = logs;
    std::vector<CardReview>& last = changed.back().reviews;
    for (std::size_t i = last.size() - 20; i < last.size(); ++i) {
      last[i].review.recalled = !last[i].review.recalled;
    }
    // One learner fits his own curve; several learn from one another.
    const ReviewProtocol protocol{.models = {learners == 1 ? "curve" : "hlr"}, .least_tests = 40};
    const auto before = judge_forgetting(logs, protocol);
    const auto after = judge_forgetting(changed, protocol);
    ASSERT_TRUE(before && after);
    for (std::size_t m = 0; m < before->size(); ++m) {
      const std::vector<Foreseen>& was = (*before)[m].foreseen;
      const std::vector<Foreseen>& is = (*after)[m].foreseen;
      ASSERT_EQ(was.size(), is.size());
      std::size_t compared = 0;
      for (std::size_t i = 0; i + 20 < was.size(); ++i) {
        if (was[i].learner + 1 != learners) continue;  // others may learn from him
        EXPECT_EQ(was[i].p_recall, is[i].p_recall) << (*before)[m].model->name << " " << i;
        ++compared;
      }
      EXPECT_GT(compared, 20U);
    }
  }
}

TEST(ReviewProtocol, SaysWhenNobodyComesBack) {
  const auto judged = judge_forgetting(std::vector<ReviewLog>(2), {});
  ASSERT_FALSE(judged);
  EXPECT_NE(judged.error().message.find("no learner of 2"), std::string::npos);
  EXPECT_FALSE(judge_forgetting(drawn_logs(1), {.models = {"best"}, .least_tests = 40}));
}

TEST(RmseOverBins, WeighsBinsByTheirReviews) {
  // Two bins: three reviews foreseen .5 of which all are recalled, one foreseen .2 and forgotten.
  std::vector<Foreseen> foreseen(4, {.days = 1.0, .number = 2, .p_recall = 0.5, .recalled = true});
  foreseen[3] = {.days = 100.0, .number = 2, .p_recall = 0.2, .recalled = false};
  const std::vector<std::size_t> cluster{0, 0, 0, 1};
  EXPECT_NEAR(rmse_over_bins(foreseen, cluster, std::vector<double>{1.0, 1.0}),
              std::sqrt((3.0 * 0.25 + 0.04) / 4.0), 1e-12);
  EXPECT_NEAR(rmse_over_bins(foreseen, cluster, std::vector<double>{0.0, 2.0}), 0.2, 1e-12);
}

/// SM-2 after one review: recall .9^days, so due after one day at a retention of .9.
struct Cards {
  std::unique_ptr<Memory> memory = (*find_forgetting("sm2"))->begin({});
  std::vector<ReviewedCard> cards;

  void add(std::size_t count, double day) {
    for (std::size_t k = 0; k < count; ++k) {
      const auto card = static_cast<std::uint32_t>(cards.size());
      memory->observe(card, {.day = day, .end = day, .recalled = true});
      cards.push_back({.card = card, .end = day});
    }
  }
};

TEST(Schedule, KnowsWhenRecallHasFallen) {
  Cards made;
  made.add(1, 10.0);
  EXPECT_NEAR(due_at(*made.memory, 0, 10.0, 0.9), 11.0, 1e-2);
  EXPECT_NEAR(due_at(*made.memory, 0, 10.0, 0.81), 12.0, 1e-2);
}

TEST(Schedule, LosesNoCardAndKeepsToTheMost) {
  Cards made;
  made.add(30, 100.0);
  const ReviewSchedule schedule =
      schedule_reviews(*made.memory, made.cards, 105.5, {.days = 4, .most = 6});
  EXPECT_EQ(schedule.load, (std::vector<std::size_t>{6, 6, 6, 6}));
  EXPECT_EQ(schedule.reviews.size(), 24U);
  EXPECT_EQ(schedule.later, 6U);
  EXPECT_EQ(schedule.reviews.front().day, 105);
}

TEST(Schedule, GivesAnEasyDayNothingAndEvensOutTheRest) {
  Cards made;
  made.add(40, 100.2);
  // Due around day 110 at this retention, with a slack of some four days. Day 109 is a Monday.
  ReviewRules rules{.retention = std::pow(0.9, 10.0), .days = 20, .slack = 0.4};
  rules.share = {0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5};
  const ReviewSchedule schedule = schedule_reviews(*made.memory, made.cards, 101.0, rules);
  EXPECT_EQ(schedule.reviews.size(), 40U);
  EXPECT_EQ(std::accumulate(schedule.load.begin(), schedule.load.end(), std::size_t{0}), 40U);
  std::size_t least = 40;
  std::size_t most = 0;
  for (std::size_t d = 0; d < schedule.load.size(); ++d) {
    const std::size_t weekday = (101 + d + 3) % 7;
    if (weekday == 0) {
      EXPECT_EQ(schedule.load[d], 0U) << "an easy day";
    }
    if (weekday == 0 || weekday == 6 || d < 5 || d > 13) continue;
    least = std::min(least, schedule.load[d]);
    most = std::max(most, schedule.load[d]);
  }
  EXPECT_LE(most - least, 1U) << "even";
  EXPECT_GT(least, 2U);
}

TEST(Schedule, PutsWhatIsDueOnAFreeDayOnTheNext) {
  Cards made;
  made.add(1, 108.2);  // due on day 109, a Monday
  ReviewRules rules{.slack = 0.0};
  rules.share[0] = 0.0;
  const ReviewSchedule schedule = schedule_reviews(*made.memory, made.cards, 108.5, rules);
  ASSERT_EQ(schedule.reviews.size(), 1U);
  EXPECT_EQ(schedule.reviews.front().day, 110);
}

TEST(Schedule, RefusesRulesThatForbidEverything) {
  EXPECT_TRUE(check_rules({}));
  ReviewRules none;
  none.share.fill(0.0);
  EXPECT_FALSE(check_rules(none));
  EXPECT_FALSE(check_rules({.retention = 1.0}));
  EXPECT_FALSE(check_rules({.days = 0}));
}

TEST(Regimes, SpendMoreWhereTheyComeBackMoreOften) {
  const auto fitted = [](const char* name) {
    const ForgettingEntry* const entry = *find_forgetting(name);
    return FittedMemory{entry, {entry->start.begin(), entry->start.end()}};
  };
  const std::vector<RegimeRow> rows =
      compare_regimes(fitted("dsr"), fitted("curve"), {.learners = 1, .cards = 10, .days = 60});
  const auto row = [&](std::string_view name) {
    return *std::find_if(rows.begin(), rows.end(),
                         [name](const RegimeRow& one) { return one.regime == name; });
  };
  EXPECT_GT(row("every 3 days").reviews_per_card, row("every 30 days").reviews_per_card);
  EXPECT_GT(row("every 3 days").remembered, row("every 30 days").remembered);
  for (const RegimeRow& one : rows) {
    EXPECT_NEAR(one.reviews_per_remembered * one.remembered, one.reviews_per_card, 1e-9);
  }
}

}  // namespace
}  // namespace meno
