#include "import/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <simdjson.h>

namespace meno {
namespace {

constexpr std::array<std::string_view, 10> kMissing{"NA",   "N/A",  "NaN", "nan", "null",
                                                    "NULL", "None", "\\N", "na",  "n/a"};
constexpr std::array<std::string_view, 10> kRight{"true",  "t",    "yes", "y",  "correct",
                                                  "right", "pass", "ok",  "对", "正确"};
constexpr std::array<std::string_view, 10> kWrong{"false", "f",    "no",     "n",  "incorrect",
                                                  "wrong", "fail", "not_ok", "错", "错误"};

bool equals_ignoring_case(std::string_view text, std::string_view word) {
  return text.size() == word.size() &&
         std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
         });
}

/// Reads exactly `digits` digits; false, with nothing taken, when they are not there.
bool take_digits(std::string_view& text, std::size_t digits, int& value) {
  if (text.size() < digits) return false;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + digits, value);
  if (fault != std::errc{} || end != text.data() + digits || text[0] == '-') return false;
  text.remove_prefix(digits);
  return true;
}

bool take_one_of(std::string_view& text, std::string_view characters) {
  if (text.empty() || characters.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// ".123" -> 123 ms; digits beyond the third are cut.
int take_milliseconds(std::string_view& text) {
  if (!take_one_of(text, ".,")) return 0;
  int ms = 0;
  int weight = 100;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    ms += weight * (text[0] - '0');
    weight /= 10;
    text.remove_prefix(1);
  }
  return ms;
}

/// "Z", "UTC", "+08:00", "-0500" or nothing -> minutes east of Greenwich.
std::optional<int> take_zone(std::string_view& text) {
  text = trimmed(text);
  if (text.empty()) return 0;
  if (text == "Z" || text == "z" || text == "UTC" || text == "GMT") {
    text = {};
    return 0;
  }
  const int sign = text[0] == '-' ? -1 : 1;
  int hours = 0;
  int minutes = 0;
  if (!take_one_of(text, "+-") || !take_digits(text, 2, hours)) return std::nullopt;
  take_one_of(text, ":");
  if (!text.empty() && !take_digits(text, 2, minutes)) return std::nullopt;
  return sign * (60 * hours + minutes);
}

std::optional<TimePoint> parse_date(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!take_digits(text, 4, year) || !take_one_of(text, "-/") || !take_digits(text, 2, month) ||
      !take_one_of(text, "-/") || !take_digits(text, 2, day)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  TimePoint at = std::chrono::sys_days(date);
  if (text.empty()) return at;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!take_one_of(text, "T ") || !take_digits(text, 2, hour) || !take_one_of(text, ":") ||
      !take_digits(text, 2, minute)) {
    return std::nullopt;
  }
  if (take_one_of(text, ":") && !take_digits(text, 2, second)) return std::nullopt;
  if (hour > 24 || minute > 59 || second > 60) return std::nullopt;
  at += std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) +
        std::chrono::milliseconds(take_milliseconds(text));
  const std::optional<int> zone = take_zone(text);
  if (!zone || !text.empty()) return std::nullopt;
  return at - std::chrono::minutes(*zone);
}

/// Which unit a number since 1970 is in, told by its size: seconds stay below 1e11 until the year
/// 5138.
double milliseconds_per_unit(double number) {
  const double size = std::abs(number);
  if (size < 1e11) return 1e3;
  if (size < 1e14) return 1.0;
  return size < 1e17 ? 1e-3 : 1e-6;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_missing(std::string_view text) {
  if (text.empty()) return true;
  if (text.size() > 4) return false;
  return std::find(kMissing.begin(), kMissing.end(), text) != kMissing.end();
}

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::optional<float> parse_answer(std::string_view text) {
  if (text.size() == 1 && (text[0] == '0' || text[0] == '1')) return text[0] == '1' ? 1.0F : 0.0F;
  if (const std::optional<double> number = parse_number(text)) {
    if (!(*number >= 0.0 && *number <= 1.0)) return std::nullopt;
    return static_cast<float>(*number);
  }
  const auto says = [&](std::string_view word) { return equals_ignoring_case(text, word); };
  if (std::any_of(kRight.begin(), kRight.end(), says)) return 1.0F;
  if (std::any_of(kWrong.begin(), kWrong.end(), says)) return 0.0F;
  return std::nullopt;
}

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<TimePoint> parse_time(std::string_view text) {
  if (const std::optional<std::int64_t> whole = parse_integer(text)) {
    const double per_unit = milliseconds_per_unit(static_cast<double>(*whole));
    const std::int64_t ms = per_unit >= 1.0
                                ? *whole * static_cast<std::int64_t>(per_unit)
                                : *whole / static_cast<std::int64_t>(std::lround(1.0 / per_unit));
    return TimePoint(std::chrono::milliseconds(ms));
  }
  if (const std::optional<double> number = parse_number(text)) {
    const double ms = *number * milliseconds_per_unit(*number);
    if (std::abs(ms) > 9e15) return std::nullopt;
    return TimePoint(std::chrono::milliseconds(std::llround(ms)));
  }
  return parse_date(text);
}

std::optional<std::int64_t> parse_duration_ms(std::string_view text, double unit_ms) {
  const std::optional<double> number = parse_number(text);
  if (!number || std::abs(*number * unit_ms) > 9e15) return std::nullopt;
  return std::llround(*number * unit_ms);
}

void split_list(std::string_view text, char separator, std::vector<std::string_view>& parts) {
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string_view part = trimmed(text.substr(0, end));
    if (!part.empty()) parts.push_back(part);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::string normal_name(std::string_view column) {
  std::string name;
  bool lower_before = false;
  for (const char c : trimmed(column)) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      static_cast<unsigned char>(c) >= 0x80;
    if (!word || (upper && lower_before)) {
      if (!name.empty() && name.back() != '_') name += '_';
    }
    if (word) name += upper ? static_cast<char>(c + 32) : c;
    lower_before = c >= 'a' && c <= 'z';
  }
  while (name.ends_with('_')) name.pop_back();
  return name;
}

}  // namespace meno
