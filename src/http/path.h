// Targets of requests, taken apart: "/v1/courses/a%20b?limit=2" -> segments and query, decoded and
// checked.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace meno {

/// A target's path segments and query parameters, percent-decoded.
struct ParsedTarget {
  std::vector<std::string> segments;                       // "/a/b" -> {"a", "b"}; "/" -> {}
  std::vector<std::pair<std::string, std::string>> query;  // in order
};

/// Errors: InvalidInput for a bad percent escape, invalid UTF-8, a control character, or a target
/// that is no path.
Result<ParsedTarget> parse_target(std::string_view target);

/// True for valid UTF-8 (no overlong forms, no surrogates) without control characters (C0, DEL, C1)
/// and without characters that reorder or hide text (bidirectional controls, U+FEFF,
/// non-characters).
bool is_plain_text(std::string_view text);

}  // namespace meno
