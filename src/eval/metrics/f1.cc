// F1: the harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN).
#include "eval/metrics/sums.h"

namespace meno {

std::unique_ptr<const PreparedMetric> prepare_f1(const Predictions& predictions) {
  return sums_metric<4>(predictions, Confusion::count, [](const Confusion::Sums& sums) {
    const double twice = 2.0 * sums[Confusion::kTruePositive];
    return ratio(twice, twice + sums[Confusion::kFalsePositive] + sums[Confusion::kFalseNegative]);
  });
}

}  // namespace meno
