#include "eval/spread.h"

#include <array>
#include <cmath>
#include <numeric>

namespace meno {
namespace {

/// The 97.5 % point of Student's t with n - 1 degrees of freedom, n >= 2; Hill's approximation is
/// not needed for so few.
double t_quantile(std::size_t n) {
  constexpr std::array kPoints{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};
  return n - 2 < kPoints.size() ? kPoints[n - 2] : 2.0;
}

}  // namespace

Spread spread_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() == 1) return {.mean = mean, .interval = std::nullopt};
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double half = t_quantile(values.size()) * std::sqrt(squares / (n - 1.0) / n);
  return {.mean = mean, .interval = Interval{.low = mean - half, .high = mean + half}};
}

}  // namespace meno
