// Intervals: how much a metric would move with other students. Students are drawn with replacement,
// answers of a student stay together, because they are not independent. Source: Efron & Tibshirani
// 1993, percentile interval.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "eval/metrics/metric.h"

namespace meno {

/// 95 % of the resamples lie within.
struct Interval {
  double low = 0.0;
  double high = 0.0;
};

struct Bootstrap {
  int resamples =
      500;  // 0: no intervals. 500 place the 2.5 % point within about 0.7 points of percentile
  std::uint64_t seed = 0;
  int threads = 1;  // the result does not depend on it
};

/// A metric of the registry on one set of predictions.
struct Measured {
  const MetricEntry* metric = nullptr;
  std::optional<double> value = std::nullopt;
  std::optional<Interval> interval =
      std::nullopt;  // absent when fewer than half of the resamples define the metric
};

/// The interval of value(weight), any number in which each of `units` students (or other units that
/// are drawn whole) counts weight[u] times. Resamples are those of measure() with as many students.
/// Thread-safe `value`.
std::optional<Interval> interval_of(
    std::size_t units, const std::function<std::optional<double>(std::span<const double>)>& value,
    const Bootstrap& bootstrap);

/// Every metric of the registry, in its order, all on the same resamples.
std::vector<Measured> measure(const Predictions& predictions, const Bootstrap& bootstrap);

/// The q-quantile of values, linear between neighbours. `values` not empty; it is sorted in place.
/// q in [0, 1].
double quantile(std::vector<double>& values, double q);

}  // namespace meno
