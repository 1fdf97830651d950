#include "teach/bank/typed_number.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace meno {
namespace {

struct Case {
  const char* typed;
  std::int64_t num;
  std::int64_t den;
};

TEST(TypedNumber, ReadsEveryUsualForm) {
  const std::vector<std::string> units{"cm", "厘米"};
  constexpr Case kCases[] = {
      {"12", 12, 1},
      {" 12 ", 12, 1},
      {"0.5", 1, 2},
      {".5", 1, 2},
      {"1/2", 1, 2},
      {"2/4", 1, 2},
      {"1 / 2", 1, 2},
      {"１／２", 1, 2},
      {"１２", 12, 1},
      {"−3", -3, 1},
      {"－３", -3, 1},
      {"–3", -3, 1},
      {"(-3)", -3, 1},
      {"（－3）", -3, 1},
      {"+7", 7, 1},
      {"1 1/2", 3, 2},
      {"1又1/2", 3, 2},
      {"-1 1/2", -3, 2},
      {"x = 5", 5, 1},
      {"x＝5", 5, 1},
      {"45%", 9, 20},
      {"12 cm", 12, 1},
      {"12厘米", 12, 1},
      {"1,234", 1234, 1},
      {"1,234,567.5", 2469135, 2},
      {"0。5", 1, 2},
      {"3.", 3, 1},
      {"-0.25", -1, 4},
      {"3/-4", -3, 4},
      {"　8", 8, 1},
  };
  for (const Case& c : kCases) {
    const std::optional<TypedNumber> number = read_typed_number(c.typed, units);
    ASSERT_TRUE(number) << c.typed;
    EXPECT_EQ(number->value, *Rational::make(c.num, c.den)) << c.typed;
  }
}

TEST(TypedNumber, RefusesWhatIsNotOneNumber) {
  for (const char* typed :
       {"", " ", "abc", "1/0", "1/2/3", "12 13", "1,23", "0,5", "1,2345", "--3", "3 cm cm x", "1e5",
        "½", "1 -1/2", "\xFF\xFE", "=", "%", "-", "1.5 1/2"}) {
    EXPECT_FALSE(read_typed_number(typed, {})) << typed;
  }
  EXPECT_FALSE(read_typed_number(std::string(100, '1'), {}));
}

TEST(TypedNumber, KnowsLowestTerms) {
  EXPECT_TRUE(read_typed_number("3/4", {})->lowest_terms);
  EXPECT_FALSE(read_typed_number("6/8", {})->lowest_terms);
  EXPECT_FALSE(read_typed_number("5/1", {})->lowest_terms);
  EXPECT_TRUE(read_typed_number("5", {})->lowest_terms);
  EXPECT_TRUE(read_typed_number("1 1/2", {})->lowest_terms);
  EXPECT_FALSE(read_typed_number("1 3/2", {})->lowest_terms);
  EXPECT_TRUE(read_typed_number("0.75", {})->decimal);
}

TEST(TypedNumber, APercentUnitIsNotDividedByHundred) {
  const std::vector<std::string> percent{"%"};
  EXPECT_EQ(read_typed_number("75%", percent)->value, Rational(75));
  EXPECT_EQ(read_typed_number("75％", percent)->value, Rational(75));
  EXPECT_EQ(read_typed_number("75", percent)->value, Rational(75));
}

}  // namespace
}  // namespace meno
