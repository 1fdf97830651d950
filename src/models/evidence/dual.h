// Dual numbers: a value and its derivative along one direction. Running the hand-derived gradient
// on them gives the exact product of the Hessian with that direction. Source: Pearlmutter 1994;
// Griewank & Walther 2008, section 5.
#pragma once

#include <cmath>

#include <Eigen/Core>

namespace meno::evidence {

struct Dual {
  double value = 0.0;
  double slope = 0.0;

  Dual() = default;
  Dual(double v) : value(v) {}  // NOLINT(google-explicit-constructor)
  Dual(double v, double s) : value(v), slope(s) {}

  Dual& operator+=(const Dual& b) { return *this = {value + b.value, slope + b.slope}; }
  Dual& operator-=(const Dual& b) { return *this = {value - b.value, slope - b.slope}; }
  Dual& operator*=(const Dual& b) {
    return *this = {value * b.value, slope * b.value + value * b.slope};
  }
  Dual& operator/=(const Dual& b) {
    return *this = {value / b.value, (slope * b.value - value * b.slope) / (b.value * b.value)};
  }
  friend Dual operator+(Dual a, const Dual& b) { return a += b; }
  friend Dual operator-(Dual a, const Dual& b) { return a -= b; }
  friend Dual operator*(Dual a, const Dual& b) { return a *= b; }
  friend Dual operator/(Dual a, const Dual& b) { return a /= b; }
  friend Dual operator-(const Dual& a) { return {-a.value, -a.slope}; }
  friend bool operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
  friend bool operator>(const Dual& a, const Dual& b) { return a.value > b.value; }
  friend bool operator==(const Dual& a, const Dual& b) { return a.value == b.value; }
};

inline Dual exp(const Dual& a) {
  const double e = std::exp(a.value);
  return {e, e * a.slope};
}
inline Dual tanh(const Dual& a) {
  const double t = std::tanh(a.value);
  return {t, (1.0 - t * t) * a.slope};
}

}  // namespace meno::evidence

template <>
struct Eigen::NumTraits<meno::evidence::Dual> : Eigen::NumTraits<double> {
  using Real = meno::evidence::Dual;
  using NonInteger = meno::evidence::Dual;
  using Nested = meno::evidence::Dual;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 2,
    AddCost = 2,
    MulCost = 5
  };
};
