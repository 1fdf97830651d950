#include "teach/bank/rational.h"

#include <limits>
#include <numeric>

namespace meno {
namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr int kMostPlaces = 15;

bool product(std::int64_t a, std::int64_t b, std::int64_t& out) {
  return !__builtin_mul_overflow(a, b, &out) && out != kLowest;
}

std::int64_t floor_divided(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return a % b < 0 ? quotient - 1 : quotient;
}

}  // namespace

std::optional<Rational> Rational::make(std::int64_t num, std::int64_t den) {
  if (den == 0 || num == kLowest || den == kLowest) return std::nullopt;
  const std::int64_t common = std::gcd(num, den);
  Rational made;
  made.num_ = (den < 0 ? -num : num) / common;
  made.den_ = (den < 0 ? -den : den) / common;
  return made;
}

std::optional<Rational> Rational::from_decimal(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  std::int64_t num = 0;
  std::int64_t den = 1;
  bool seen_point = false;
  bool digit_last = false;
  for (const char c : text) {
    if (c == '.' && digit_last && !seen_point) {
      seen_point = true;
      digit_last = false;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    digit_last = true;
    if (!product(num, 10, num) || __builtin_add_overflow(num, c - '0', &num)) return std::nullopt;
    if (seen_point && !product(den, 10, den)) return std::nullopt;
  }
  if (!digit_last) return std::nullopt;
  return make(negative ? -num : num, den);
}

std::int64_t Rational::floor() const { return floor_divided(num_, den_); }

std::string Rational::as_fraction() const {
  if (den_ == 1) return std::to_string(num_);
  return std::to_string(num_) + "/" + std::to_string(den_);
}

std::optional<std::string> Rational::as_decimal() const {
  std::int64_t scaled = num_ < 0 ? -num_ : num_;
  std::int64_t rest = den_;
  int places = 0;
  while (rest != 1 && places < kMostPlaces) {
    if (!product(scaled, 10, scaled)) return std::nullopt;
    ++places;
    const std::int64_t common = std::gcd(scaled, rest);
    scaled /= common;
    rest /= common;
  }
  if (rest != 1) return std::nullopt;
  std::string digits = std::to_string(scaled);
  if (places > 0) {
    const auto width = static_cast<std::size_t>(places);
    if (digits.size() <= width) digits.insert(0, width + 1 - digits.size(), '0');
    digits.insert(digits.size() - width, ".");
  }
  return num_ < 0 ? "-" + digits : digits;
}

std::optional<Rational> plus(const Rational& a, const Rational& b) {
  const std::int64_t common = std::gcd(a.den(), b.den());
  std::int64_t left = 0;
  std::int64_t right = 0;
  std::int64_t sum = 0;
  std::int64_t den = 0;
  if (!product(a.num(), b.den() / common, left) || !product(b.num(), a.den() / common, right) ||
      __builtin_add_overflow(left, right, &sum) || !product(a.den() / common, b.den(), den)) {
    return std::nullopt;
  }
  return Rational::make(sum, den);
}

std::optional<Rational> minus(const Rational& a, const Rational& b) {
  return plus(a, *Rational::make(-b.num(), b.den()));
}

std::optional<Rational> times(const Rational& a, const Rational& b) {
  const std::int64_t across =
      std::gcd(a.num(), b.den());  // cancel first: results that fit are found
  const std::int64_t other = std::gcd(b.num(), a.den());
  std::int64_t num = 0;
  std::int64_t den = 0;
  if (!product(a.num() / across, b.num() / other, num) ||
      !product(a.den() / other, b.den() / across, den)) {
    return std::nullopt;
  }
  return Rational::make(num, den);
}

std::optional<Rational> over(const Rational& a, const Rational& b) {
  const std::optional<Rational> inverse = Rational::make(b.den(), b.num());
  return inverse ? times(a, *inverse) : std::nullopt;
}

std::optional<Rational> power(const Rational& a, std::int64_t exponent) {
  if (exponent < -64 || exponent > 64) return std::nullopt;
  std::optional<Rational> result(1);
  for (std::int64_t k = 0; k < (exponent < 0 ? -exponent : exponent) && result; ++k) {
    result = times(*result, a);
  }
  return result && exponent < 0 ? over(1, *result) : result;
}

std::strong_ordering compare(const Rational& a, const Rational& b) {
  // Continued fractions: compare whole parts, then the flipped remainders. No product is formed.
  std::int64_t a_num = a.num();
  std::int64_t a_den = a.den();
  std::int64_t b_num = b.num();
  std::int64_t b_den = b.den();
  bool flipped = false;
  while (true) {
    const std::int64_t a_whole = floor_divided(a_num, a_den);
    const std::int64_t b_whole = floor_divided(b_num, b_den);
    if (a_whole != b_whole) return flipped ? b_whole <=> a_whole : a_whole <=> b_whole;
    const std::int64_t a_rest = a_num - a_whole * a_den;
    const std::int64_t b_rest = b_num - b_whole * b_den;
    if (a_rest == 0 || b_rest == 0) return flipped ? b_rest <=> a_rest : a_rest <=> b_rest;
    a_num = a_den;
    a_den = a_rest;
    b_num = b_den;
    b_den = b_rest;
    flipped = !flipped;
  }
}

}  // namespace meno
