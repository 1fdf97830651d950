#include "eval/chart/chart.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(Axis, TicksAreRoundAndInside) {
  const std::vector<double> ticks = ticks_in({0.0, 1.0}, 5);
  ASSERT_EQ(ticks.size(), 6u);
  for (std::size_t i = 0; i < ticks.size(); ++i)
    EXPECT_NEAR(ticks[i], 0.2 * static_cast<double>(i), 1e-12);
  for (const double tick : ticks_in({0.713, 0.868}, 5)) {
    EXPECT_GE(tick, 0.713);
    EXPECT_LE(tick, 0.868);
  }
}

TEST(Axis, RangeHoldsEveryValueAndIsNeverEmpty) {
  for (const auto& values : {std::vector<double>{0.31, 0.87}, {5.0}, {0.0, 0.0}, {-3.0, 12.0}}) {
    const Range range = range_of(values);
    EXPECT_LT(range.low, range.high);
    for (const double value : values) {
      EXPECT_LE(range.low, value + 1e-12);
      EXPECT_GE(range.high, value - 1e-12);
    }
  }
  EXPECT_LE(range_of({40.0, 90.0}, true).low, 0.0);
}

TEST(Axis, NumbersAreShort) {
  EXPECT_EQ(short_number(0.25), "0.25");
  EXPECT_EQ(short_number(0.0), "0");
  EXPECT_EQ(short_number(1200.0), "1200");
  EXPECT_EQ(short_number(12'500.0), "12.5k");
  EXPECT_EQ(short_number(3'400'000.0), "3.4M");
  EXPECT_EQ(with_commas(1'234'567), "1,234,567");
  EXPECT_EQ(with_commas(12), "12");
}

TEST(Chart, EscapesNamesAndDrawsEveryPoint) {
  const std::string svg = figure_of(
      {.title = "a < b & \"c\"",
       .x_label = "x",
       .y_label = "y",
       .series = {{.name = "<s>", .x = {1.0, 2.0, 3.0}, .y = {0.1, 0.2, 0.3}, .dots = true}}});
  EXPECT_NE(svg.find("a &lt; b &amp; &quot;c&quot;"), std::string::npos);
  EXPECT_EQ(svg.find("<s>"), std::string::npos);
  std::size_t circles = 0;
  for (std::size_t at = svg.find("<circle"); at != std::string::npos;
       at = svg.find("<circle", at + 1))
    ++circles;
  EXPECT_EQ(circles, 3u);
}

/// y of every label, in order.
std::vector<double> label_heights(const std::string& svg) {
  std::vector<double> heights;
  for (std::size_t at = svg.find("paint-order"); at != std::string::npos;
       at = svg.find("paint-order", at + 1)) {
    heights.push_back(std::stod(svg.substr(svg.rfind(" y=\"", at) + 4)));
  }
  return heights;
}

TEST(Chart, PointsWithoutALineAreNotJoinedAndTheirLabelsDoNotLieOnEachOther) {
  const std::string svg = figure_of({.title = "map",
                                     .x_label = "x",
                                     .y_label = "y",
                                     .series = {{.name = "here",
                                                 .x = {1.0, 1.0, 9.0},
                                                 .y = {2.0, 2.0, 7.0},
                                                 .dots = true,
                                                 .line = false,
                                                 .labels = {"one & more", "two", ""}}}});
  EXPECT_EQ(svg.find("<polyline"), std::string::npos);
  EXPECT_NE(svg.find(">one &amp; more</text>"), std::string::npos);
  const std::vector<double> heights = label_heights(svg);
  ASSERT_EQ(heights.size(), 2U);
  EXPECT_GE(std::abs(heights[0] - heights[1]), 13.0);
}

TEST(Chart, DrawsNothingWithoutFailing) {
  const std::string svg = figure_of({.title = "empty", .x_label = "x", .y_label = "y"});
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
}

}  // namespace
}  // namespace meno
