// Dual numbers: a value and its derivative along one direction. A gradient computed in them gives
// an exact Hessian-vector product. Source: Pearlmutter 1994, Neural Computation 6(1), the R
// operator, carried by the arithmetic itself.
#pragma once

#include <cmath>

namespace meno {

struct Dual {
  double value = 0.0;
  double along = 0.0;

  Dual() = default;
  Dual(double v) : value(v) {}  // NOLINT(google-explicit-constructor): constants stand in formulas
  Dual(double v, double d) : value(v), along(d) {}

  friend Dual operator+(Dual a, Dual b) { return {a.value + b.value, a.along + b.along}; }
  friend Dual operator-(Dual a, Dual b) { return {a.value - b.value, a.along - b.along}; }
  friend Dual operator*(Dual a, Dual b) {
    return {a.value * b.value, a.along * b.value + a.value * b.along};
  }
  friend Dual operator/(Dual a, Dual b) {
    const double ratio = a.value / b.value;
    return {ratio, (a.along - ratio * b.along) / b.value};
  }
  Dual& operator+=(Dual b) { return *this = *this + b; }
};

inline Dual exp(Dual a) {
  const double e = std::exp(a.value);
  return {e, e * a.along};
}

inline double value_of(double a) { return a; }
inline double value_of(Dual a) { return a.value; }

}  // namespace meno
