// Accuracy: the share of answers whose more probable outcome came.
#include "eval/metrics/sums.h"

namespace meno {

std::unique_ptr<const PreparedMetric> prepare_accuracy(const Predictions& predictions) {
  return sums_metric<4>(predictions, Confusion::count, [](const Confusion::Sums& sums) {
    const double right = sums[Confusion::kTruePositive] + sums[Confusion::kTrueNegative];
    return ratio(right, right + sums[Confusion::kFalsePositive] + sums[Confusion::kFalseNegative]);
  });
}

}  // namespace meno
