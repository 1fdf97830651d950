// The link between a linear score and a probability, and the surprise of an answer under it.
#pragma once

#include <algorithm>
#include <cmath>

namespace meno {

/// 1 / (1 + e^-z) without overflow.
inline double sigmoid(double z) {
  const double e = std::exp(-std::abs(z));
  return (z >= 0.0 ? 1.0 : e) / (1.0 + e);
}

/// sigmoid(z) kept off 0 and 1, which doubles would round to beyond |z| = 37.
inline double open_sigmoid(double z) { return std::clamp(sigmoid(z), 1e-15, 1.0 - 1e-15); }

/// Cross entropy of answer y in [0, 1] under sigmoid(z), in nats: log(1 + e^z) - y z.
inline double surprise(double z, double y) {
  return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))) - y * z;
}

}  // namespace meno
