// Log loss: mean surprise in nats; for a soft answer y the cross entropy -y ln p - (1 - y) ln(1 -
// p).
#include <cmath>

#include "eval/metrics/sums.h"

namespace meno {

std::unique_ptr<const PreparedMetric> prepare_log_loss(const Predictions& predictions) {
  using Sums = std::array<double, 2>;
  const auto term = [](double p_correct, float correct, Sums& sums) {
    const auto y = static_cast<double>(correct);
    sums[0] -= y * std::log(p_correct) + (1.0 - y) * std::log1p(-p_correct);
    sums[1] += 1.0;
  };
  return sums_metric<2>(predictions, term,
                        [](const Sums& sums) { return ratio(sums[0], sums[1]); });
}

}  // namespace meno
