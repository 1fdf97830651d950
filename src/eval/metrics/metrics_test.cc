// Every metric against brute force on random predictions with ties, and against figures worked by
// hand.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "eval/bootstrap.h"
#include "eval/metrics/metric.h"

namespace meno {
namespace {

const MetricEntry& metric(std::string_view name) {
  for (const MetricEntry& entry : metric_registry()) {
    if (entry.name == name) return entry;
  }
  throw std::out_of_range(std::string(name));
}

Predictions one_student(const std::vector<double>& p, const std::vector<float>& correct) {
  Predictions all;
  all.start(StudentId(0U));
  for (std::size_t i = 0; i < p.size(); ++i)
    all.add(p[i], correct[i], static_cast<std::uint32_t>(i), false);
  return all;
}

/// Several students, predictions on a coarse grid so that many tie.
Predictions random_predictions(std::uint64_t seed) {
  Rng rng(seed);
  Predictions all;
  const std::size_t students = 3 + rng.below(10);
  for (std::size_t u = 0; u < students; ++u) {
    all.start(StudentId(u));
    const std::size_t answers = 1 + rng.below(25);
    for (std::uint32_t i = 0; i < answers; ++i) {
      const double p = 0.05 + 0.1 * static_cast<double>(rng.below(10));
      all.add(p, rng.chance(p) ? 1.0F : 0.0F, i, rng.chance(0.2));
    }
  }
  return all;
}

using Rows = std::vector<std::pair<double, bool>>;

double counted(const Rows& rows, const std::function<bool(double, bool)>& which) {
  return static_cast<double>(std::count_if(
      rows.begin(), rows.end(), [&](const auto& r) { return which(r.first, r.second); }));
}

double slow_auc(const Rows& rows) {
  double wins = 0.0;
  double pairs = 0.0;
  for (const auto& [p, right] : rows) {
    for (const auto& [q, other] : rows) {
      if (!right || other) continue;
      pairs += 1.0;
      wins += p > q ? 1.0 : (p == q ? 0.5 : 0.0);
    }
  }
  return wins / pairs;
}

double slow_mean(const Rows& rows, const std::function<double(double, double)>& term) {
  double sum = 0.0;
  for (const auto& [p, right] : rows) sum += term(p, right ? 1.0 : 0.0);
  return sum / static_cast<double>(rows.size());
}

double slow_ece(const Rows& rows) {
  double error = 0.0;
  for (int bin = 0; bin < 15; ++bin) {
    double p_sum = 0.0;
    double right_sum = 0.0;
    for (const auto& [p, right] : rows) {
      if (static_cast<int>(std::floor(p * 15.0)) != bin) continue;
      p_sum += p;
      right_sum += right ? 1.0 : 0.0;
    }
    error += std::abs(p_sum - right_sum) / static_cast<double>(rows.size());
  }
  return error;
}

double squared(double p, double y) { return (p - y) * (p - y); }

std::map<std::string, double> slow_metrics(const Rows& rows) {
  const double n = static_cast<double>(rows.size());
  const double tp = counted(rows, [](double p, bool y) { return p >= 0.5 && y; });
  const double said = counted(rows, [](double p, bool) { return p >= 0.5; });
  const double was = counted(rows, [](double, bool y) { return y; });
  const double hits = counted(rows, [](double p, bool y) { return (p >= 0.5) == y; });
  return {{"auc", slow_auc(rows)},
          {"accuracy", hits / n},
          {"precision", tp / said},
          {"recall", tp / was},
          {"f1", 2.0 / (said / tp + was / tp)},
          {"brier", slow_mean(rows, squared)},
          {"rmse", std::sqrt(slow_mean(rows, squared))},
          {"log_loss",
           slow_mean(rows, [](double p, double y) { return -std::log(y > 0.5 ? p : 1.0 - p); })},
          {"ece", slow_ece(rows)}};
}

TEST(EveryMetric, EqualsBruteForceUnderAnyWeightingOfStudents) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Predictions all = random_predictions(seed);
    Rng rng(seed + 100);
    std::vector<double> weight(all.students());
    Rows rows;  // the weighted sample written out
    for (std::size_t u = 0; u < all.students(); ++u) {
      weight[u] = static_cast<double>(rng.below(4));
      for (double copy = 0.0; copy < weight[u]; copy += 1.0) {
        for (std::size_t i = all.begin[u]; i < all.begin[u + 1]; ++i) {
          rows.emplace_back(all.p_correct[i], all.correct[i] > 0.5F);
        }
      }
    }
    const auto expected = slow_metrics(rows);
    ASSERT_EQ(expected.size(), metric_registry().size()) << "a metric lacks its oracle";
    for (const MetricEntry& entry : metric_registry()) {
      const auto got = entry.prepare(all)->value(weight);
      const double want = expected.at(std::string(entry.name));
      if (std::isnan(want)) {
        EXPECT_TRUE(!got || *got == 0.0) << entry.name;
        continue;
      }
      ASSERT_TRUE(got) << entry.name << " seed " << seed;
      EXPECT_NEAR(*got, want, 1e-12) << entry.name << " seed " << seed;
    }
  }
}

struct ByHand {
  const char* name;
  std::vector<double> p;
  std::vector<float> correct;
  double expected;
};

TEST(EveryMetric, EqualsFiguresWorkedByHand) {
  const std::vector<ByHand> cases = {
      {"auc", {0.1, 0.4, 0.35, 0.8}, {0, 0, 1, 1}, 0.75},  // 3 of 4 pairs in order
      {"auc", {0.5, 0.5, 0.5}, {1, 0, 1}, 0.5},            // all tied
      {"auc", {0.2, 0.2, 0.9}, {1, 0, 1}, 0.75},           // half a win and a win
      {"auc", {0.9, 0.1}, {0, 1}, 0.0},
      {"accuracy", {0.9, 0.4, 0.6, 0.2}, {1, 1, 0, 0}, 0.5},
      {"precision", {0.9, 0.8, 0.7, 0.2}, {1, 1, 0, 1}, 2.0 / 3.0},
      {"recall", {0.9, 0.8, 0.7, 0.2}, {1, 1, 0, 1}, 2.0 / 3.0},
      {"f1", {0.9, 0.8, 0.1}, {1, 0, 1}, 0.5},
      {"rmse", {0.8, 0.4}, {1, 1}, std::sqrt(0.2)},  // (.04 + .36) / 2
      {"brier", {0.8, 0.4}, {1, 1}, 0.2},
      {"brier", {0.8}, {0.5F}, 0.09},
      {"log_loss", {0.5, 0.25}, {1, 0}, (std::log(2.0) + std::log(4.0 / 3.0)) / 2.0},
      {"log_loss", {0.5}, {0.3F}, std::log(2.0)},
      {"ece", {0.81, 0.82, 0.83, 0.84}, {1, 1, 1, 0}, 0.075},  // one bin: .825 against .75
      {"ece", {0.1, 0.9}, {0, 1}, 0.1},                        // two bins off by .1 each
  };
  for (const ByHand& c : cases) {
    const auto got = value_of(metric(c.name), one_student(c.p, c.correct));
    ASSERT_TRUE(got) << c.name;
    EXPECT_NEAR(*got, c.expected, 1e-7) << c.name;
  }
}

TEST(EveryMetric, IsAbsentWhereItIsNotDefined) {
  const Predictions nothing;
  for (const MetricEntry& entry : metric_registry())
    EXPECT_FALSE(value_of(entry, nothing)) << entry.name;
  EXPECT_FALSE(value_of(metric("auc"), one_student({0.2, 0.7}, {1, 1})));
  EXPECT_FALSE(value_of(metric("precision"), one_student({0.2, 0.3}, {1, 0})));
  EXPECT_FALSE(value_of(metric("recall"), one_student({0.2, 0.7}, {0, 0})));
}

TEST(Bootstrap, IntervalOfAMeanIsTheNormalOne) {
  Rng rng(5);
  Predictions all;
  for (std::uint32_t u = 0; u < 400; ++u) {
    all.start(StudentId(u));
    all.add(0.7, rng.chance(0.7) ? 1.0F : 0.0F, 0, false);
  }
  const auto measured = measure(all, {.resamples = 4000, .seed = 1});
  for (const Measured& m : measured) {
    if (m.metric->name != "accuracy") continue;
    const double half = 1.96 * std::sqrt(*m.value * (1.0 - *m.value) / 400.0);
    EXPECT_NEAR(m.interval->low, *m.value - half, 0.004);
    EXPECT_NEAR(m.interval->high, *m.value + half, 0.004);
  }
}

TEST(Bootstrap, KeepsTheAnswersOfAStudentTogether) {
  Predictions
      all;  // 10 students, each all right or all wrong 100 times: 10 independent draws, not 1000
  for (std::uint32_t u = 0; u < 10; ++u) {
    all.start(StudentId(u));
    for (std::uint32_t i = 0; i < 100; ++i) all.add(0.9, u % 2 == 0 ? 1.0F : 0.0F, i, false);
  }
  for (const Measured& m : measure(all, {.resamples = 2000})) {
    if (m.metric->name == "accuracy") {
      EXPECT_NEAR(m.interval->high - m.interval->low, 0.6,
                  0.11);  // 2 x 1.96 x sqrt(.25 / 10) = .62
    }
  }
}

TEST(Bootstrap, IsTheSameForOneSeedWhateverTheThreads) {
  const Predictions all = random_predictions(3);
  const auto one = measure(all, {.resamples = 200, .seed = 9, .threads = 1});
  const auto two = measure(all, {.resamples = 200, .seed = 9, .threads = 3});
  const auto other = measure(all, {.resamples = 200, .seed = 10, .threads = 1});
  for (std::size_t m = 0; m < one.size(); ++m) {
    EXPECT_EQ(one[m].interval->low, two[m].interval->low);
    EXPECT_EQ(one[m].interval->high, two[m].interval->high);
  }
  EXPECT_NE(one[0].interval->low, other[0].interval->low);
}

TEST(Bootstrap, QuantilesLieBetweenNeighbours) {
  std::vector<double> values{4.0, 1.0, 3.0, 2.0};
  EXPECT_DOUBLE_EQ(quantile(values, 0.0), 1.0);
  EXPECT_DOUBLE_EQ(quantile(values, 1.0), 4.0);
  EXPECT_DOUBLE_EQ(quantile(values, 0.5), 2.5);
}

TEST(Predictions, KeepsTheStudentsThatHaveAnswersLeft) {
  Predictions all = random_predictions(1);
  const Predictions kept = all.where([&](std::size_t i) { return all.repeat[i] == 0; });
  EXPECT_EQ(kept.size(),
            static_cast<std::size_t>(std::count(all.repeat.begin(), all.repeat.end(), 0)));
  EXPECT_EQ(kept.begin.back(), kept.size());
  for (std::size_t u = 0; u < kept.students(); ++u) EXPECT_LT(kept.begin[u], kept.begin[u + 1]);
}

}  // namespace
}  // namespace meno
