// Axes: values -> pixels, and round tick values that people read easily.
#pragma once

#include <string>
#include <vector>

namespace meno {

/// A range of values. low < high.
struct Range {
  double low = 0.0;
  double high = 1.0;
};

/// The range that holds all values, opened to round ticks; [0, 1] for none. With `from_zero` it
/// starts at 0.
Range range_of(const std::vector<double>& values, bool from_zero = false);

/// Round values (1, 2 or 5 times a power of ten apart) inside `range`, about `wanted` of them.
std::vector<double> ticks_in(const Range& range, int wanted);

/// "0.25", "1,200", "3.4M": as short as it can be for a tick or a label.
std::string short_number(double value);

/// "1,234,567".
std::string with_commas(std::size_t count);

}  // namespace meno
