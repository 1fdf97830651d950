#include "eval/chart/axis.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace meno {
namespace {

double round_step(double span, int wanted) {
  const double rough = span / std::max(1, wanted);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power) return factor * power;
  }
  return 10.0 * power;
}

std::string trimmed(std::string number) {
  if (number.find('.') == std::string::npos) return number;
  number.erase(number.find_last_not_of('0') + 1);
  if (number.back() == '.') number.pop_back();
  return number == "-0" ? "0" : number;
}

}  // namespace

Range range_of(const std::vector<double>& values, bool from_zero) {
  if (values.empty()) return {};
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  double low = from_zero ? std::min(0.0, *least) : *least;
  double high = *most;
  if (!(high - low > 1e-9)) {
    const double margin = std::max(1e-3, std::abs(high) * 0.05);
    low = from_zero ? low : low - margin;
    high += margin;
  }
  const double step = round_step(high - low, 5);
  return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step};
}

std::vector<double> ticks_in(const Range& range, int wanted) {
  const double step = round_step(range.high - range.low, wanted);
  std::vector<double> ticks;
  for (double k = std::ceil(range.low / step - 1e-9); k * step <= range.high + 1e-9 * step;
       k += 1.0) {
    ticks.push_back(k * step);
  }
  return ticks;
}

std::string short_number(double value) {
  const double size = std::abs(value);
  if (size >= 1e9) return trimmed(fmt::format("{:.1f}", value / 1e9)) + "B";
  if (size >= 1e6) return trimmed(fmt::format("{:.1f}", value / 1e6)) + "M";
  if (size >= 1e4) return trimmed(fmt::format("{:.1f}", value / 1e3)) + "k";
  if (size >= 1e2) return trimmed(fmt::format("{:.0f}", value));
  if (size >= 1.0) return trimmed(fmt::format("{:.2f}", value));
  return trimmed(fmt::format("{:.4f}", value));
}

std::string with_commas(std::size_t count) {
  std::string digits = std::to_string(count);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

}  // namespace meno
