// The hidden state of one skill: known or not yet. Prediction and update with their derivatives by
// hand, for double and for Dual (whose second component makes Hessian-vector products). Source:
// Corbett & Anderson 1995, UMUAI 4, equations 1-4.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace meno {

/// The four parameters of a skill, in the order of theta's rows.
inline constexpr std::size_t kInitial = 0;
inline constexpr std::size_t kLearn = 1;
inline constexpr std::size_t kSlip = 2;
inline constexpr std::size_t kGuess = 3;
inline constexpr std::size_t kBktParameters = 4;

/// Open intervals that keep every probability off 0 and 1. Slip and guess stay under .5, so that
/// "known" means the state in which right answers are likelier: without a bound, mirrored
/// parameters fit alike (Beck & Chang 2007). The numbers themselves are ours, not tuned.
struct BktBound {
  double low;
  double high;
};
inline constexpr std::array<BktBound, kBktParameters> kBktBounds{
    {{0.001, 0.999}, {0.001, 0.999}, {0.001, 0.5}, {0.001, 0.5}}};

/// rate = low + (high - low) sigmoid(a), and d rate / d a.
template <class T>
struct BktRates {
  std::array<T, kBktParameters> rate;
  std::array<T, kBktParameters> slope;

  static BktRates of(const std::array<T, kBktParameters>& a) {
    using std::exp;
    BktRates rates;
    for (std::size_t j = 0; j < kBktParameters; ++j) {
      const double width = kBktBounds[j].high - kBktBounds[j].low;
      const T s = T(1.0) / (T(1.0) + exp(T(0.0) - a[j]));
      rates.rate[j] = T(kBktBounds[j].low) + T(width) * s;
      rates.slope[j] = T(width) * s * (T(1.0) - s);
    }
    return rates;
  }
};

/// P(known), and its derivatives by the skill's four parameters.
template <class T>
struct Knowledge {
  T known;
  std::array<T, kBktParameters> d;

  /// Before any answer.
  static Knowledge before(const BktRates<T>& r) {
    Knowledge state{r.rate[kInitial], {}};
    state.d[kInitial] = r.slope[kInitial];
    return state;
  }

  /// P(a right answer now): known and no slip, or a lucky guess.
  T p_correct(const BktRates<T>& r) const {
    return known * (T(1.0) - r.rate[kSlip]) + (T(1.0) - known) * r.rate[kGuess];
  }

  /// Derivatives of p_correct by the four parameters.
  std::array<T, kBktParameters> p_gradient(const BktRates<T>& r) const {
    std::array<T, kBktParameters> g;
    const T by_known = T(1.0) - r.rate[kSlip] - r.rate[kGuess];
    for (std::size_t j = 0; j < kBktParameters; ++j) g[j] = by_known * d[j];
    g[kSlip] = g[kSlip] - known * r.slope[kSlip];
    g[kGuess] = g[kGuess] + (T(1.0) - known) * r.slope[kGuess];
    return g;
  }

  /// After an answer y and one chance to learn. A soft answer mixes the two posteriors (Jeffrey's
  /// rule).
  void observe(double y, const BktRates<T>& r) {
    const T one(1.0);
    const T s = r.rate[kSlip];
    const T g = r.rate[kGuess];
    const T k = known;
    const T p = p_correct(r);
    const T q = one - p;
    const T if_right = k * (one - s) / p;
    const T if_wrong = k * s / q;
    const T posterior = T(y) * if_right + T(1.0 - y) * if_wrong;
    const T by_known = T(y) * ((one - s) * g / (p * p)) + T(1.0 - y) * (s * (one - g) / (q * q));
    const T both = k * (one - k);
    const T by_slip = T(1.0 - y) * (both * (one - g) / (q * q)) - T(y) * (both * g / (p * p));
    const T by_guess = T(1.0 - y) * (both * s / (q * q)) - T(y) * (both * (one - s) / (p * p));
    const T unlearnt = one - r.rate[kLearn];
    for (std::size_t j = 0; j < kBktParameters; ++j) d[j] = unlearnt * by_known * d[j];
    d[kSlip] += unlearnt * by_slip * r.slope[kSlip];
    d[kGuess] += unlearnt * by_guess * r.slope[kGuess];
    d[kLearn] += (one - posterior) * r.slope[kLearn];
    known = posterior + (one - posterior) * r.rate[kLearn];
  }
};

}  // namespace meno
