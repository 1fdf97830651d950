// To add a metric: write eval/metrics/<name>.cc, declare its function here, add its row.
#include <array>

#include "eval/metrics/metric.h"

namespace meno {

std::unique_ptr<const PreparedMetric> prepare_auc(const Predictions& predictions);
std::unique_ptr<const PreparedMetric> prepare_accuracy(const Predictions& predictions);
std::unique_ptr<const PreparedMetric> prepare_precision(const Predictions& predictions);
std::unique_ptr<const PreparedMetric> prepare_recall(const Predictions& predictions);
std::unique_ptr<const PreparedMetric> prepare_f1(const Predictions& predictions);
std::unique_ptr<const PreparedMetric> prepare_rmse(const Predictions& predictions);
std::unique_ptr<const PreparedMetric> prepare_log_loss(const Predictions& predictions);
std::unique_ptr<const PreparedMetric> prepare_brier(const Predictions& predictions);
std::unique_ptr<const PreparedMetric> prepare_ece(const Predictions& predictions);

namespace {

constexpr std::array kMetrics{
    MetricEntry{"auc", "AUC", "a right answer ranks above a wrong one", true, &prepare_auc},
    MetricEntry{"accuracy", "Accuracy", "the more probable outcome came", true, &prepare_accuracy},
    MetricEntry{"precision", "Precision", "predicted right, and was", true, &prepare_precision},
    MetricEntry{"recall", "Recall", "was right, and predicted so", true, &prepare_recall},
    MetricEntry{"f1", "F1", "harmonic mean of precision and recall", true, &prepare_f1},
    MetricEntry{"rmse", "RMSE", "root mean squared miss of p", false, &prepare_rmse},
    MetricEntry{"log_loss", "Log loss", "mean surprise, nats", false, &prepare_log_loss},
    MetricEntry{"brier", "Brier", "mean squared miss of p", false, &prepare_brier},
    MetricEntry{"ece", "ECE", "mean miscalibration, 15 bins of equal width", false, &prepare_ece},
};

}  // namespace

std::span<const MetricEntry> metric_registry() { return kMetrics; }

std::optional<double> value_of(const MetricEntry& metric, const Predictions& predictions) {
  const std::vector<double> once(predictions.students(), 1.0);
  return metric.prepare(predictions)->value(once);
}

}  // namespace meno
