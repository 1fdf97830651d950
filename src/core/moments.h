// Moments: values added up one by one, for means and spreads of them.
#pragma once

#include <algorithm>
#include <cmath>

namespace meno {

struct Moments {
  double sum = 0.0;
  double squares = 0.0;
  double count = 0.0;

  void add(double value) {
    sum += value;
    squares += value * value;
    count += 1.0;
  }
  /// Of one value or more.
  double mean() const { return sum / count; }
  double mean_or(double otherwise) const { return count > 0.0 ? mean() : otherwise; }
  /// The mean with so many further values of 0: thin counts say little.
  double shrunk(double zeros) const { return sum / (count + zeros); }
  /// Of these values, one or more, as a whole population.
  double variance() const { return squares / count - mean() * mean(); }
  /// Of the population that they are a sample of; 0 below two.
  double sample_sd() const {
    return count < 2.0 ? 0.0
                       : std::sqrt(std::max(squares - sum * sum / count, 0.0) / (count - 1.0));
  }
};

}  // namespace meno
