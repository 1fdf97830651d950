// Spread: a metric over repeated draws of students.
#pragma once

#include <optional>
#include <vector>

#include "eval/bootstrap.h"

namespace meno {

/// One metric over the draws: mean and 95 % interval. Of one draw: over resampled students.
struct Spread {
  std::optional<double> mean;
  std::optional<Interval> interval;
};

/// Mean and Student's interval of values that are all there; no interval of one, nothing of none.
Spread spread_of(const std::vector<double>& values);

}  // namespace meno
