// Minimise: a smooth function of a few numbers, without its derivatives.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace meno {

struct Descent {
  int iterations = 60;      // at most
  double step = 1e-4;       // of the central differences
  double tolerance = 1e-7;  // stops when the value falls by less, relative to it
};

/// Where `value` [P] -> a number is least, from `start`: BFGS with central differences and Armijo
/// backtracking; 2 P + some evaluations an iteration, so for tens of parameters. Stops early when
/// interrupted (core/interrupt.h). Source: Nocedal & Wright 2006, algorithm 6.1.
std::vector<double> minimise(const std::function<double(std::span<const double>)>& value,
                             std::span<const double> start, const Descent& descent = {});

}  // namespace meno
