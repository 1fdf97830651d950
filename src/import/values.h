// What the fields of learning records say: answers, times, numbers and lists, as the many sources
// write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"

namespace meno {

/// Without the blanks at both ends.
std::string_view trimmed(std::string_view text);

/// True for what sources write where nothing is known: nothing at all, NA, N/A, NaN, null, None,
/// \N.
bool is_missing(std::string_view text);

/// Valid UTF-8?
bool is_utf8(std::string_view text);

/// An answer in [0, 1]: a number, or a word such as true, false, yes, no, correct, wrong. Anything
/// else is none.
std::optional<float> parse_answer(std::string_view text);

std::optional<double> parse_number(std::string_view text);
std::optional<std::int64_t> parse_integer(std::string_view text);

/// A time as seconds, milliseconds, micro- or nanoseconds since 1970 (told apart by size), or as an
/// ISO 8601 date with or without time, fraction and zone (UTC where none is given). Below zero is
/// parsed too: whether a time is possible is the cleaning's business.
std::optional<TimePoint> parse_time(std::string_view text);

/// A duration of `unit_ms` milliseconds each, rounded; none when it is no number.
std::optional<std::int64_t> parse_duration_ms(std::string_view text, double unit_ms);

/// The parts of a list, trimmed, without empty ones, appended to `parts`.
void split_list(std::string_view text, char separator, std::vector<std::string_view>& parts);

/// Lower case, with everything but letters and digits as "_": "Student ID" -> "student_id",
/// "studentId" -> "student_id".
std::string normal_name(std::string_view column);

}  // namespace meno
