// Precision: of the answers predicted right, the share that were.
#include "eval/metrics/sums.h"

namespace meno {

std::unique_ptr<const PreparedMetric> prepare_precision(const Predictions& predictions) {
  return sums_metric<4>(predictions, Confusion::count, [](const Confusion::Sums& sums) {
    return ratio(sums[Confusion::kTruePositive],
                 sums[Confusion::kTruePositive] + sums[Confusion::kFalsePositive]);
  });
}

}  // namespace meno
