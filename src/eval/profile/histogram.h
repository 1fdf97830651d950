// Histograms with named bars, and the distribution of a quantity: quantiles beside a histogram.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace meno {

/// Bar i counts what its name says.
struct Histogram {
  std::vector<std::string> names;
  std::vector<std::size_t> counts;
};

struct Distribution {
  std::size_t count = 0;  // values; the other fields are 0 for none
  double mean = 0.0;
  double least = 0.0, quarter = 0.0, median = 0.0, three_quarters = 0.0, most = 0.0;
  Histogram histogram;
};

/// Of counts or durations, whose histogram doubles from bar to bar: 0, 1, 2-3, 4-7 ...
Distribution distribution_of(std::vector<double> values);

/// 20 bars of 5 % for shares in [0, 1].
Histogram share_histogram(const std::vector<double>& shares);

}  // namespace meno
