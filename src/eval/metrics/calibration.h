// The bins of the calibration error and the reliability diagram: 15 of equal width, as in Guo et
// al. 2017.
#pragma once

#include <algorithm>
#include <cstddef>

namespace meno {

inline constexpr std::size_t kCalibrationBins = 15;

/// Bin b holds p_correct in [b / 15, (b + 1) / 15).
inline std::size_t calibration_bin(double p_correct) {
  const auto bin = static_cast<std::size_t>(p_correct * static_cast<double>(kCalibrationBins));
  return std::min(bin, kCalibrationBins - 1);
}

}  // namespace meno
