#include "eval/profile/histogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "eval/bootstrap.h"
#include "eval/chart/axis.h"

namespace meno {
namespace {

/// 0 for values below 1, k + 1 for those in [2^k, 2^(k+1)).
std::size_t doubling_bar(double value) {
  if (value < 1.0) return 0;
  return 1 + static_cast<std::size_t>(std::ilogb(value));
}

std::string doubling_name(std::size_t bar) {
  if (bar == 0) return "0";
  const double low = std::exp2(static_cast<double>(bar - 1));
  const double high = 2.0 * low - 1.0;
  return bar == 1 ? "1" : fmt::format("{}–{}", short_number(low), short_number(high));
}

}  // namespace

Distribution distribution_of(std::vector<double> values) {
  Distribution found;
  found.count = values.size();
  if (values.empty()) return found;
  found.mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  found.least = quantile(values, 0.0);  // sorts
  found.quarter = quantile(values, 0.25);
  found.median = quantile(values, 0.5);
  found.three_quarters = quantile(values, 0.75);
  found.most = values.back();
  const std::size_t first = doubling_bar(values.front());
  const std::size_t last = doubling_bar(values.back());
  for (std::size_t bar = first; bar <= last; ++bar) {
    found.histogram.names.push_back(doubling_name(bar));
    found.histogram.counts.push_back(0);
  }
  for (const double value : values) ++found.histogram.counts[doubling_bar(value) - first];
  return found;
}

Histogram share_histogram(const std::vector<double>& shares) {
  constexpr std::size_t kBars = 20;
  Histogram histogram;
  for (std::size_t bar = 0; bar < kBars; ++bar)
    histogram.names.push_back(fmt::format("{}%", bar * 5));
  histogram.counts.assign(kBars, 0);
  for (const double share : shares) {
    const auto bar = static_cast<std::size_t>(std::max(0.0, share) * static_cast<double>(kBars));
    ++histogram.counts[std::min(bar, kBars - 1)];
  }
  return histogram;
}

}  // namespace meno
