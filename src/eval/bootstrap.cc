#include "eval/bootstrap.h"

#include <algorithm>
#include <cmath>

#include "core/check.h"
#include "core/parallel.h"
#include "core/rng.h"

namespace meno {
namespace {

/// How often each of `students` is drawn in resample `index`.
std::vector<double> weights_of(std::size_t students, const Rng& rng, std::size_t index) {
  Rng draw = rng.fork(index);
  std::vector<double> weight(students, 0.0);
  for (std::size_t i = 0; i < students; ++i) weight[draw.below(students)] += 1.0;
  return weight;
}

std::optional<Interval> percentiles(const std::vector<std::optional<double>>& resampled) {
  std::vector<double> defined;
  for (const auto& value : resampled) {
    if (value) defined.push_back(*value);
  }
  if (defined.empty() || 2 * defined.size() < resampled.size()) return std::nullopt;
  return Interval{quantile(defined, 0.025), quantile(defined, 0.975)};
}

}  // namespace

double quantile(std::vector<double>& values, double q) {
  MENO_CHECK(!values.empty(), "a quantile of nothing");
  std::sort(values.begin(), values.end());
  const double at = q * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(std::floor(at));
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
}

std::optional<Interval> interval_of(
    std::size_t units, const std::function<std::optional<double>(std::span<const double>)>& value,
    const Bootstrap& bootstrap) {
  std::vector<std::optional<double>> resampled(
      static_cast<std::size_t>(std::max(0, bootstrap.resamples)));
  const Rng rng(bootstrap.seed);
  parallel_for(resampled.size(), thread_count(bootstrap.threads),
               [&](std::size_t r) { resampled[r] = value(weights_of(units, rng, r)); });
  return percentiles(resampled);
}

std::vector<Measured> measure(const Predictions& predictions, const Bootstrap& bootstrap) {
  const auto metrics = metric_registry();
  const auto resamples = static_cast<std::size_t>(std::max(0, bootstrap.resamples));
  std::vector<std::unique_ptr<const PreparedMetric>> prepared;
  for (const MetricEntry& metric : metrics) prepared.push_back(metric.prepare(predictions));

  std::vector<std::vector<std::optional<double>>> resampled(
      metrics.size(), std::vector<std::optional<double>>(resamples));
  const Rng rng(bootstrap.seed);
  parallel_for(resamples, thread_count(bootstrap.threads), [&](std::size_t r) {
    const std::vector<double> weight = weights_of(predictions.students(), rng, r);
    for (std::size_t m = 0; m < metrics.size(); ++m) resampled[m][r] = prepared[m]->value(weight);
  });

  const std::vector<double> once(predictions.students(), 1.0);
  std::vector<Measured> all;
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    all.push_back({&metrics[m], prepared[m]->value(once), percentiles(resampled[m])});
  }
  return all;
}

}  // namespace meno
