// RMSE: the root of the mean squared difference between p_correct and the answer.
#include <cmath>

#include "eval/metrics/sums.h"

namespace meno {

std::unique_ptr<const PreparedMetric> prepare_rmse(const Predictions& predictions) {
  using Sums = std::array<double, 2>;
  const auto term = [](double p_correct, float correct, Sums& sums) {
    const double miss = p_correct - static_cast<double>(correct);
    sums[0] += miss * miss;
    sums[1] += 1.0;
  };
  return sums_metric<2>(predictions, term, [](const Sums& sums) -> std::optional<double> {
    if (!(sums[1] > 0.0)) return std::nullopt;
    return std::sqrt(sums[0] / sums[1]);
  });
}

}  // namespace meno
