// Metrics: one number about a set of predictions, under any weighting of its students, so that a
// bootstrap over students needs one preparation and many cheap evaluations. Adding one:
// eval/metrics/<name>.cc and its row in registry.cc.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "eval/predictions.h"

namespace meno {

/// "Right" for metrics of yes and no: a soft answer above it counts as right, a p_correct from it
/// on predicts right.
inline constexpr float kRightAbove = 0.5F;

/// A metric made ready for one set of predictions. Thread-safe.
class PreparedMetric {
 public:
  virtual ~PreparedMetric() = default;
  /// The metric when student u counts weight[u] times; both [U]. Absent where it is not defined,
  /// e.g. no right answer.
  virtual std::optional<double> value(std::span<const double> weight) const = 0;
};

struct MetricEntry {
  std::string_view name;     // key in JSON, e.g. "log_loss"
  std::string_view label;    // heading in reports, e.g. "Log loss"
  std::string_view summary;  // what it says, for people
  bool higher_is_better;
  std::unique_ptr<const PreparedMetric> (*prepare)(const Predictions& predictions);
};

std::span<const MetricEntry> metric_registry();

/// The metric with every student counted once.
std::optional<double> value_of(const MetricEntry& metric, const Predictions& predictions);

}  // namespace meno
