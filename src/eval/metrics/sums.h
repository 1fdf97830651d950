// Metrics that are a function of sums over answers: the sums are taken once per student.
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "eval/metrics/metric.h"

namespace meno {

/// K sums per student; `Finish` makes the metric of the weighted totals: optional<double>(const
/// array<double, K>&).
template <std::size_t K, class Finish>
class SumsMetric final : public PreparedMetric {
 public:
  /// `term(p_correct, correct, sums)` adds one answer to its student's sums.
  template <class Term>
  SumsMetric(const Predictions& predictions, const Term& term, Finish finish)
      : sums_(predictions.students()), finish_(std::move(finish)) {
    for (std::size_t u = 0; u < sums_.size(); ++u) {
      sums_[u].fill(0.0);
      for (std::size_t i = predictions.begin[u]; i < predictions.begin[u + 1]; ++i) {
        term(predictions.p_correct[i], predictions.correct[i], sums_[u]);
      }
    }
  }
  std::optional<double> value(std::span<const double> weight) const override {
    std::array<double, K> totals{};
    for (std::size_t u = 0; u < sums_.size(); ++u) {
      for (std::size_t k = 0; k < K; ++k) totals[k] += weight[u] * sums_[u][k];
    }
    return finish_(totals);
  }

 private:
  std::vector<std::array<double, K>> sums_;
  Finish finish_;
};

template <std::size_t K, class Term, class Finish>
std::unique_ptr<const PreparedMetric> sums_metric(const Predictions& predictions, const Term& term,
                                                  Finish finish) {
  return std::make_unique<SumsMetric<K, Finish>>(predictions, term, std::move(finish));
}

/// numerator / denominator, absent for 0 / 0.
inline std::optional<double> ratio(double numerator, double denominator) {
  if (!(denominator > 0.0)) return std::nullopt;
  return numerator / denominator;
}

/// Counts of predicted and real right answers.
struct Confusion {
  static constexpr std::size_t kTruePositive = 0;
  static constexpr std::size_t kFalsePositive = 1;
  static constexpr std::size_t kFalseNegative = 2;
  static constexpr std::size_t kTrueNegative = 3;
  using Sums = std::array<double, 4>;

  static void count(double p_correct, float correct, Sums& sums) {
    const bool said = p_correct >= static_cast<double>(kRightAbove);
    const bool was = correct > kRightAbove;
    if (said) {
      sums[was ? kTruePositive : kFalsePositive] += 1.0;
    } else {
      sums[was ? kFalseNegative : kTrueNegative] += 1.0;
    }
  }
};

}  // namespace meno
