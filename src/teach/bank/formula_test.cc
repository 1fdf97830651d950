#include "teach/bank/formula.h"

#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/rng.h"

namespace meno {
namespace {

const std::vector<std::string> kNames{"a", "b", "c"};

std::optional<Rational> value_of(std::string_view text, std::vector<Rational> values = {3, 4, 5}) {
  const Result<Formula> formula = Formula::parse(text, kNames);
  EXPECT_TRUE(formula) << text;
  return formula ? formula->evaluate(values) : std::nullopt;
}

struct Case {
  const char* text;
  std::int64_t num;
  std::int64_t den;
};

TEST(Formula, FollowsTheRulesOfPrecedence) {
  constexpr Case kCases[] = {
      {"a + b * c", 23, 1},
      {"(a + b) * c", 35, 1},
      {"-a^2", -9, 1},
      {"(-a)^2", 9, 1},
      {"2^3^2", 512, 1},
      {"a - b - c", -6, 1},
      {"a / b / c", 3, 20},
      {"a ^ -2", 1, 9},
      {"--a", 3, 1},
      {"a < b", 1, 1},
      {"a + 1 == b", 1, 1},
      {"a >= b", 0, 1},
      {"gcd(12, 18, 27)", 3, 1},
      {"lcm(4, 6)", 12, 1},
      {"mod(-7, 3)", 2, 1},
      {"floor(-7/2)", -4, 1},
      {"ceil(7/2)", 4, 1},
      {"round(5/2)", 3, 1},
      {"round(-5/2)", -3, 1},
      {"abs(a - c)", 2, 1},
      {"num(6/8)", 3, 1},
      {"den(6/8)", 4, 1},
      {"min(a, b, c)", 3, 1},
      {"max(a, b, c)", 5, 1},
      {"if(a == b, 1/0, 7)", 7, 1},
      {"and(1, 0)", 0, 1},
      {"or(1, 0)", 1, 1},
      {"not(0)", 1, 1},
      {"0.25 * b", 1, 1},
  };
  for (const Case& c : kCases) EXPECT_EQ(value_of(c.text), Rational::make(c.num, c.den)) << c.text;
}

TEST(Formula, IsUndefinedRatherThanWrong) {
  for (const char* text : {"a / 0", "10^19", "gcd(1/2, 3)", "mod(a, 0)", "2^(1/2)", "lcm(0, 0)",
                           "0^-1", "9223372036854775807 + 1", "9000000000 * 9000000000"}) {
    EXPECT_FALSE(value_of(text)) << text;
  }
}

TEST(Formula, NamesTheColumnOfAFault) {
  struct Bad {
    const char* text;
    const char* part;
  };
  constexpr Bad kBad[] = {{"a +", "the end at column 4"},
                          {"a b", "\"b\" at column 3"},
                          {"q", "one of the names a, b, c"},
                          {"gcd(a)", "two or more"},
                          {"foo(a)", "not \"foo\""},
                          {"(a", "expected \")\""},
                          {"1..2", "0.25"},
                          {"", "a number, a name"},
                          {"A", "\"A\" at column 1"}};
  for (const Bad& bad : kBad) {
    const Result<Formula> made = Formula::parse(bad.text, kNames);
    ASSERT_FALSE(made) << bad.text;
    EXPECT_NE(made.error().message.find(bad.part), std::string::npos) << made.error().message;
  }
  EXPECT_FALSE(Formula::parse(std::string(300, '('), kNames));
  EXPECT_FALSE(Formula::parse(std::string(500, 'a'), kNames));
}

/// Brute force: a random expression as text, and its value computed on the way in plain 64-bit
/// fractions.
struct Fraction {
  std::int64_t num;
  std::int64_t den;  // 0: undefined
};

Fraction reduced(std::int64_t num, std::int64_t den) {
  if (den == 0) return {0, 0};
  const std::int64_t common = std::gcd(num, den);
  const std::int64_t sign = den < 0 ? -1 : 1;
  return {sign * num / common, sign * den / common};
}

Fraction random_expression(Rng& rng, int depth, std::string& text) {
  if (depth == 0 || rng.chance(0.2)) {
    const auto value = static_cast<std::int64_t>(rng.below(7));
    text += std::to_string(value);
    return {value, 1};
  }
  text += "(";
  const Fraction a = random_expression(rng, depth - 1, text);
  const std::uint64_t operation = rng.below(4);
  text += std::string(1, "+-*/"[operation]);
  const Fraction b = random_expression(rng, depth - 1, text);
  text += ")";
  if (a.den == 0 || b.den == 0) return {0, 0};
  if (operation == 0) return reduced(a.num * b.den + b.num * a.den, a.den * b.den);
  if (operation == 1) return reduced(a.num * b.den - b.num * a.den, a.den * b.den);
  if (operation == 2) return reduced(a.num * b.num, a.den * b.den);
  return b.num == 0 ? Fraction{0, 0} : reduced(a.num * b.den, a.den * b.num);
}

TEST(Formula, AgreesWithBruteForceOnRandomExpressions) {
  Rng rng(5);
  int defined = 0;
  for (int k = 0; k < 5000; ++k) {
    std::string text;
    const Fraction expected = random_expression(rng, 3, text);
    const Result<Formula> made = Formula::parse(text, {});
    ASSERT_TRUE(made) << text;
    const std::optional<Rational> value = made->evaluate({});
    ASSERT_EQ(value.has_value(), expected.den != 0) << text;
    if (!value) continue;
    EXPECT_EQ(*value, *Rational::make(expected.num, expected.den)) << text;
    ++defined;
  }
  EXPECT_GT(defined, 3000);
}

}  // namespace
}  // namespace meno
