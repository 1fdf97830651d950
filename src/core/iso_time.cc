#include "core/iso_time.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace meno {
namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// ".5" -> 500, ".1234567" -> 123, "" -> 0.
std::optional<int> milliseconds_of(std::string_view fraction) {
  if (fraction.empty()) return 0;
  constexpr std::size_t kNanosecondDigits = 9;
  if (fraction.front() != '.' || fraction.size() < 2 || fraction.size() > kNanosecondDigits + 1)
    return std::nullopt;
  if (!digits(fraction.substr(1))) return std::nullopt;
  std::string three(fraction.substr(1, 3));
  three.resize(3, '0');
  return digits(three);
}

std::optional<TimePoint> parse(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  if (text.size() <= kShape.size() || text.back() != 'Z') return std::nullopt;
  for (std::size_t k = 0; k < kShape.size(); ++k) {
    if (kShape[k] != '0' && text[k] != kShape[k]) return std::nullopt;
  }
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  const auto hour = digits(text.substr(11, 2));
  const auto minute = digits(text.substr(14, 2));
  const auto second = digits(text.substr(17, 2));
  const auto millisecond =
      milliseconds_of(text.substr(kShape.size(), text.size() - kShape.size() - 1));
  if (!year || !month || !day || !hour || !minute || !second || !millisecond) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1970 || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return TimePoint(std::chrono::sys_days(date)) + std::chrono::hours(*hour) +
         std::chrono::minutes(*minute) + std::chrono::seconds(*second) +
         std::chrono::milliseconds(*millisecond);
}

}  // namespace

std::string iso_time(TimePoint time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

Result<TimePoint> parse_iso_time(std::string_view text, std::string_view where) {
  if (const std::optional<TimePoint> time = parse(text)) return *time;
  return invalid_input(fmt::format(
      "\"{}\" is no time, expected UTC from 1970 on like \"2026-11-23T21:00:00.000Z\"", where));
}

}  // namespace meno
