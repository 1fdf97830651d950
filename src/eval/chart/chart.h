// Charts as inline SVG: lines, points and bars over two axes. Colours come from the page (CSS
// variables), so that one file serves light, dark and paper. Values are in `<title>`s and in a
// table's place beside: no script.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/chart/axis.h"

namespace meno {

/// One line or row of points; [x, y] pairs in order of x.
struct Series {
  std::string name;  // in the legend; empty: none
  std::vector<double> x = {};
  std::vector<double> y = {};
  std::vector<double> low = {};  // a band around y, empty for none
  std::vector<double> high = {};
  int colour = 1;  // 1..5 of the page's series colours; 5 is the quiet one
  bool dashed = false;
  bool dots = false;
  bool line = true;                      // false: points alone
  std::vector<std::string> labels = {};  // written beside the points, "" for none; empty: none
};

/// Bars between edges: bar i spans [edges[i], edges[i + 1]).
struct Bars {
  std::vector<double> edges = {};   // [n + 1]
  std::vector<double> height = {};  // [n]
  int colour = 5;
};

struct Chart {
  std::string title;  // caption and accessible name
  std::string x_label;
  std::string y_label;
  std::vector<Series> series = {};
  std::optional<Bars> bars = std::nullopt;
  std::optional<Range> x_range = std::nullopt;  // absent: what the values need
  std::optional<Range> y_range = std::nullopt;
  std::vector<std::string> x_names = {};  // names of x = 0, 1, 2 ... instead of numbers
  bool square = false;                    // as high as wide: ROC, reliability
  int height = 260;                       // pixels of 460 wide
};

/// <figure><figcaption>..</figcaption><svg ..>..</svg></figure>.
std::string figure_of(const Chart& chart);

}  // namespace meno
