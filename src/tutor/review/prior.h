// The population prior of the forgetting curve that students of a store begin with.
#pragma once

#include <span>

namespace meno {

/// Precision of each student's own parameters around the prior: some tens of tests move them.
inline constexpr double kCurvePriorPrecision = 10.0;

/// theta of `curve`, [P].
std::span<const double> curve_prior();

}  // namespace meno
