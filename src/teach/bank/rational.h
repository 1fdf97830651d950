// Rational: exact fractions for exercises. Every operation says when it would leave 64 bits instead
// of wrapping round.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meno {

/// num / den in lowest terms with den >= 1; |num| and den stay below 2^63.
class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int32_t whole) : num_(whole) {}  // NOLINT(google-explicit-constructor)
  /// nullopt when den is 0 or the lowest terms do not fit.
  static std::optional<Rational> make(std::int64_t num, std::int64_t den = 1);
  /// "12", "-3", "0.25": an optional minus, digits, and at most one point with digits on both
  /// sides.
  static std::optional<Rational> from_decimal(std::string_view text);

  std::int64_t num() const { return num_; }
  std::int64_t den() const { return den_; }
  bool is_integer() const { return den_ == 1; }
  bool is_zero() const { return num_ == 0; }
  /// The largest integer that is not above it.
  std::int64_t floor() const;

  /// "3", "-2/5".
  std::string as_fraction() const;
  /// "0.25"; nullopt when the decimal does not end or has more than 15 places.
  std::optional<std::string> as_decimal() const;

  friend bool operator==(const Rational&, const Rational&) = default;

 private:
  std::int64_t num_ = 0;
  std::int64_t den_ = 1;
};

/// Each is nullopt when the result does not fit 64 bits (or, for over, when b is 0).
std::optional<Rational> plus(const Rational& a, const Rational& b);
std::optional<Rational> minus(const Rational& a, const Rational& b);
std::optional<Rational> times(const Rational& a, const Rational& b);
std::optional<Rational> over(const Rational& a, const Rational& b);
/// a^exponent for exponents in [-64, 64]; nullopt beyond, for 0 to a negative power, or on
/// overflow.
std::optional<Rational> power(const Rational& a, std::int64_t exponent);
/// Negative, zero or positive as a < b, a == b, a > b. Exact, never overflows.
std::strong_ordering compare(const Rational& a, const Rational& b);

}  // namespace meno
