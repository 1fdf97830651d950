#include "core/json.h"

#include <fmt/format.h>

namespace meno {
namespace {

/// Copying and writing a value takes some of the stack for each level, and strangers send documents
/// of a megabyte. What we write ourselves has fewer than ten.
constexpr std::size_t kDeepest = 200;

/// Whether brackets outside texts nest deeper than that; of what is no JSON, about.
bool is_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const char c = text[k];
    if (quoted && c == '\\') {
      ++k;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '[' || c == '{')) {
      if (++depth > kDeepest) return true;
    } else if (!quoted && depth > 0 && (c == ']' || c == '}')) {
      --depth;
    }
  }
  return false;
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view where) {
  if (is_too_deep(text)) {
    return invalid_input(
        fmt::format("{}: JSON that nests deeper than {} levels, expected fewer", where, kDeepest));
  }
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& fault) {
    return invalid_input(
        fmt::format("{}: not JSON at byte {}, expected one JSON document", where, fault.byte));
  } catch (const Json::exception&) {  // a number beyond the range of double
    return invalid_input(
        fmt::format("{}: JSON with a number out of range, expected finite ones", where));
  }
}

}  // namespace meno
