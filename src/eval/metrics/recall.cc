// Recall: of the right answers, the share that were predicted right.
#include "eval/metrics/sums.h"

namespace meno {

std::unique_ptr<const PreparedMetric> prepare_recall(const Predictions& predictions) {
  return sums_metric<4>(predictions, Confusion::count, [](const Confusion::Sums& sums) {
    return ratio(sums[Confusion::kTruePositive],
                 sums[Confusion::kTruePositive] + sums[Confusion::kFalseNegative]);
  });
}

}  // namespace meno
