#include "eval/chart/chart.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr double kWidth = 460.0;
constexpr double kLeft = 58.0;
constexpr double kRight = 14.0;
constexpr double kBottom = 44.0;
constexpr double kLegendRow = 18.0;

std::string safe(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

/// Width of a label in pixels, roughly: CJK (UTF-8 lead bytes from E3) is twice as wide as Latin.
double text_width(const std::string& text) {
  double width = 0.0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || (byte >= 0xC0 && byte < 0xE3)) width += 6.6;
    if (byte >= 0xE3) width += 12.5;
  }
  return width;
}

/// Where legend entry k stands: entries flow into rows.
struct LegendSpot {
  double x = 0.0;
  int row = 0;
};

std::vector<LegendSpot> lay_out_legend(const std::vector<Series>& series) {
  std::vector<LegendSpot> spots;
  LegendSpot next{kLeft, 0};
  for (const Series& one : series) {
    if (one.name.empty()) {
      spots.push_back({-1.0, 0});
      continue;
    }
    const double width = 30.0 + text_width(one.name) + 14.0;
    if (next.x + width > kWidth && next.x > kLeft) next = {kLeft, next.row + 1};
    spots.push_back(next);
    next.x += width;
  }
  return spots;
}

/// Draws one chart; the members are the frame in pixels.
class Drawing {
 public:
  explicit Drawing(const Chart& chart) : chart_(chart), legend_(lay_out_legend(chart.series)) {
    int rows = 0;
    for (const LegendSpot& spot : legend_) {
      if (spot.x >= 0.0) rows = std::max(rows, spot.row + 1);
    }
    top_ = 10.0 + kLegendRow * rows;
    const double plot =
        chart.square ? kWidth - kLeft - kRight : static_cast<double>(chart.height) - kBottom;
    bottom_ = top_ + plot;
    choose_ranges();
  }

  std::string svg() {
    const double height = bottom_ + kBottom;
    add("<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">", kWidth, height,
        safe(chart_.title));
    axes();
    bars();
    for (const Series& one : chart_.series) draw(one);
    for (const Series& one : chart_.series) write_labels(one);
    legend();
    add("</svg>");
    return out_;
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Args>(args)...);
  }

  double px(double x) const {
    return kLeft + (x - x_.low) / (x_.high - x_.low) * (kWidth - kLeft - kRight);
  }
  double py(double y) const {
    const double inside = std::clamp(y, y_.low, y_.high);
    return bottom_ - (inside - y_.low) / (y_.high - y_.low) * (bottom_ - top_);
  }

  void choose_ranges() {
    std::vector<double> xs;
    std::vector<double> ys;
    for (const Series& one : chart_.series) {
      xs.insert(xs.end(), one.x.begin(), one.x.end());
      ys.insert(ys.end(), one.y.begin(), one.y.end());
      ys.insert(ys.end(), one.low.begin(), one.low.end());
      ys.insert(ys.end(), one.high.begin(), one.high.end());
    }
    if (chart_.bars) {
      xs.insert(xs.end(), chart_.bars->edges.begin(), chart_.bars->edges.end());
      ys.insert(ys.end(), chart_.bars->height.begin(), chart_.bars->height.end());
    }
    if (!xs.empty())
      x_ = {*std::min_element(xs.begin(), xs.end()), *std::max_element(xs.begin(), xs.end())};
    if (!chart_.x_names.empty()) x_ = {-0.5, static_cast<double>(chart_.x_names.size()) - 0.5};
    if (!(x_.high > x_.low)) x_ = {x_.low - 0.5, x_.low + 0.5};
    y_ = range_of(ys, chart_.bars.has_value());
    if (chart_.x_range) x_ = *chart_.x_range;
    if (chart_.y_range) y_ = *chart_.y_range;
  }

  void axes() {
    for (const double y : ticks_in(y_, 5)) {
      add("<line class=\"grid\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>", kLeft,
          kWidth - kRight, py(y), py(y));
      add("<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>",
          kLeft - 6.0, py(y) + 4.0, short_number(y));
    }
    add("<line class=\"axis\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>", kLeft,
        kWidth - kRight, bottom_, bottom_);
    if (chart_.x_names.empty()) {
      for (const double x : ticks_in(x_, 6)) x_tick(x, short_number(x));
    } else {
      named_ticks();
    }
    add("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>",
        (kLeft + kWidth - kRight) / 2.0, bottom_ + 36.0, safe(chart_.x_label));
    add("<text transform=\"translate(13,{:.1f}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
        (top_ + bottom_) / 2.0, safe(chart_.y_label));
  }

  /// As many names as have room.
  void named_ticks() {
    double widest = 20.0;
    for (const std::string& name : chart_.x_names)
      widest = std::max(widest, text_width(name) + 10.0);
    const double room = (kWidth - kLeft - kRight) / static_cast<double>(chart_.x_names.size());
    const auto step = std::max<std::size_t>(1, static_cast<std::size_t>(widest / room + 0.999));
    for (std::size_t i = 0; i < chart_.x_names.size(); i += step) {
      x_tick(static_cast<double>(i), chart_.x_names[i]);
    }
  }

  void x_tick(double x, const std::string& name) {
    add("<line class=\"axis\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>", px(x),
        px(x), bottom_, bottom_ + 4.0);
    add("<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>", px(x),
        bottom_ + 17.0, safe(name));
  }

  void bars() {
    if (!chart_.bars) return;
    const Bars& bars = *chart_.bars;
    for (std::size_t i = 0; i < bars.height.size(); ++i) {
      const double left = px(bars.edges[i]) + 0.5;
      const double width = std::max(0.8, px(bars.edges[i + 1]) - left - 0.5);
      add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"var(--s{})\" "
          "fill-opacity=\".55\"><title>{} – {}: {}</title></rect>",
          left, py(bars.height[i]), width, bottom_ - py(bars.height[i]), bars.colour,
          short_number(bars.edges[i]), short_number(bars.edges[i + 1]),
          short_number(bars.height[i]));
    }
  }

  void band(const Series& one) {
    if (one.low.empty()) return;
    add("<path d=\"");
    for (std::size_t i = 0; i < one.x.size(); ++i) {
      add("{}{:.1f},{:.1f}", i == 0 ? "M" : "L", px(one.x[i]), py(one.high[i]));
    }
    for (std::size_t i = one.x.size(); i-- > 0;)
      add("L{:.1f},{:.1f}", px(one.x[i]), py(one.low[i]));
    add("Z\" fill=\"var(--s{})\" fill-opacity=\".18\"/>", one.colour);
  }

  void draw(const Series& one) {
    band(one);
    if (one.line) polyline(one);
    dots(one);
  }

  void polyline(const Series& one) {
    add("<polyline fill=\"none\" stroke=\"var(--s{})\" stroke-width=\"2\" "
        "stroke-linejoin=\"round\"{} points=\"",
        one.colour, one.dashed ? " stroke-dasharray=\"6 4\"" : "");
    for (std::size_t i = 0; i < one.x.size(); ++i)
      add("{:.1f},{:.1f} ", px(one.x[i]), py(one.y[i]));
    add("\"/>");
  }

  void dots(const Series& one) {
    for (std::size_t i = 0; one.dots && i < one.x.size(); ++i) {
      add("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.5\" fill=\"var(--s{})\"><title>{}: "
          "{}</title></circle>",
          px(one.x[i]), py(one.y[i]), one.colour, short_number(one.x[i]), short_number(one.y[i]));
    }
  }

  /// Where a label stands: what it covers.
  struct Box {
    double left, right, middle;
    bool meets(const Box& other) const {
      return left < other.right && other.left < right && std::abs(middle - other.middle) < 13.0;
    }
  };

  /// The label's first free place of some around its point, else the first.
  Box place_label(double x, double y, const std::string& label) const {
    const double width = text_width(label);
    std::vector<Box> spots;
    for (const double down :
         {0.0, 14.0, -14.0, 28.0, -28.0, 42.0, -42.0, 56.0, -56.0, 70.0, -70.0}) {
      for (const double left : {x + 7.0, x - 7.0 - width}) {
        if (left < kLeft || left + width > kWidth) continue;
        spots.push_back({.left = left, .right = left + width, .middle = y + down});
      }
    }
    if (spots.empty()) return {.left = kLeft, .right = kLeft + width, .middle = y};
    for (const Box& spot : spots) {
      const bool free = spot.middle > top_ + 6.0 && spot.middle < bottom_ - 6.0 &&
                        std::none_of(labels_.begin(), labels_.end(),
                                     [&](const Box& other) { return spot.meets(other); });
      if (free) return spot;
    }
    return spots.front();
  }

  /// Over a halo of the ground, so that they can be read over points.
  void write_labels(const Series& one) {
    for (std::size_t i = 0; i < one.labels.size(); ++i) {
      if (one.labels[i].empty()) continue;
      labels_.push_back(place_label(px(one.x[i]), py(one.y[i]), one.labels[i]));
      add("<text x=\"{:.1f}\" y=\"{:.1f}\" paint-order=\"stroke\" stroke=\"var(--ground)\" "
          "stroke-width=\"4\">{}</text>",
          labels_.back().left, labels_.back().middle + 4.0, safe(one.labels[i]));
    }
  }

  /// A stroke as the line is, or a dot where there is none.
  void key(const LegendSpot& spot, const Series& one, double y) {
    if (!one.line) {
      add("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.5\" fill=\"var(--s{})\"/>", spot.x + 11.0,
          y - 4.0, one.colour);
      return;
    }
    add("<line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"var(--s{})\" "
        "stroke-width=\"2.5\"{}/>",
        spot.x, spot.x + 22.0, y - 4.0, y - 4.0, one.colour,
        one.dashed ? " stroke-dasharray=\"6 4\"" : "");
  }

  void legend() {
    for (std::size_t k = 0; k < legend_.size(); ++k) {
      if (legend_[k].x < 0.0) continue;
      const Series& one = chart_.series[k];
      const double y = 12.0 + kLegendRow * legend_[k].row;
      key(legend_[k], one, y);
      add("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", legend_[k].x + 28.0, y, safe(one.name));
    }
  }

  const Chart& chart_;
  std::vector<LegendSpot> legend_;
  std::vector<Box> labels_;  // written so far
  Range x_, y_;
  double top_ = 0.0;
  double bottom_ = 0.0;
  std::string out_;
};

}  // namespace

std::string figure_of(const Chart& chart) {
  return fmt::format("<figure><figcaption>{}</figcaption>{}</figure>", safe(chart.title),
                     Drawing(chart).svg());
}

}  // namespace meno
