#include "teach/bank/rational.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace meno {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

TEST(Rational, IsInLowestTermsWithAPositiveDenominator) {
  for (std::int64_t num = -30; num <= 30; ++num) {
    for (std::int64_t den = -30; den <= 30; ++den) {
      const std::optional<Rational> made = Rational::make(num, den);
      ASSERT_EQ(made.has_value(), den != 0);
      if (!made) continue;
      EXPECT_EQ(made->num() * den, num * made->den());
      EXPECT_GE(made->den(), 1);
      for (std::int64_t d = 2; d <= made->den(); ++d) {
        EXPECT_FALSE(made->num() % d == 0 && made->den() % d == 0) << num << "/" << den;
      }
    }
  }
}

TEST(Rational, CalculatesAndComparesLikeCrossMultiplication) {
  for (std::int64_t k = 0; k < 20000; ++k) {
    const std::int64_t a = k * 7919 % 41 - 20;
    const std::int64_t b = k * 104729 % 19 + 1;
    const std::int64_t c = k * 1299709 % 43 - 21;
    const std::int64_t d = k * 15485863 % 23 + 1;
    const Rational x = *Rational::make(a, b);
    const Rational y = *Rational::make(c, d);
    EXPECT_EQ(*plus(x, y), *Rational::make(a * d + c * b, b * d));
    EXPECT_EQ(*minus(x, y), *Rational::make(a * d - c * b, b * d));
    EXPECT_EQ(*times(x, y), *Rational::make(a * c, b * d));
    EXPECT_EQ(over(x, y), Rational::make(a * d, b * c));
    EXPECT_EQ(compare(x, y) < 0, a * d < c * b) << a << "/" << b << " " << c << "/" << d;
    EXPECT_EQ(compare(x, y) == 0, a * d == c * b);
  }
}

TEST(Rational, SaysWhenAResultDoesNotFit) {
  const Rational large = *Rational::make(kLargest);
  EXPECT_FALSE(plus(large, 1));
  EXPECT_FALSE(times(large, 2));
  EXPECT_FALSE(power(10, 19));
  EXPECT_TRUE(power(10, 18));
  EXPECT_FALSE(power(0, -1));
  EXPECT_FALSE(Rational::make(std::numeric_limits<std::int64_t>::min()));
  EXPECT_TRUE(compare(large, *Rational::make(kLargest - 1, kLargest)) > 0);
}

TEST(Rational, ReadsAndWritesDecimals) {
  for (int cents = -2000; cents <= 2000; ++cents) {
    const Rational value = *Rational::make(cents, 100);
    const std::optional<std::string> text = value.as_decimal();
    ASSERT_TRUE(text);
    EXPECT_EQ(Rational::from_decimal(*text), value) << *text;
  }
  EXPECT_EQ(Rational::make(1, 8)->as_decimal(), "0.125");
  EXPECT_FALSE(Rational::make(1, 3)->as_decimal());
  for (const char* text : {"", "-", ".5", "5.", "1.2.3", "1e3", "abc", "99999999999999999999"}) {
    EXPECT_FALSE(Rational::from_decimal(text)) << text;
  }
}

}  // namespace
}  // namespace meno
