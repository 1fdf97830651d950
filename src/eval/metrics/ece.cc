// Expected calibration error: |mean p_correct - share right|, weighted over 15 bins of equal width.
// Source: Guo, Pleiss, Sun & Weinberger 2017 (ICML), equation 3, for the probability of a right
// answer.
#include <cmath>

#include "eval/metrics/calibration.h"
#include "eval/metrics/sums.h"

namespace meno {

std::unique_ptr<const PreparedMetric> prepare_ece(const Predictions& predictions) {
  constexpr std::size_t kBins = kCalibrationBins;
  using Sums = std::array<double, 2 * kBins>;  // per bin: sum of p_correct - correct, count
  const auto term = [](double p_correct, float correct, Sums& sums) {
    const std::size_t bin = calibration_bin(p_correct);
    sums[bin] += p_correct - static_cast<double>(correct);
    sums[kBins + bin] += 1.0;
  };
  return sums_metric<2 * kBins>(predictions, term, [](const Sums& sums) {
    double gaps = 0.0;
    double count = 0.0;
    for (std::size_t bin = 0; bin < kBins; ++bin) {
      gaps += std::abs(sums[bin]);
      count += sums[kBins + bin];
    }
    return ratio(gaps, count);
  });
}

}  // namespace meno
