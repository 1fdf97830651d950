#include "http/path.h"

#include <cstdint>
#include <optional>

#include <fmt/format.h>

namespace meno {
namespace {

/// Longer targets are nobody's: the longest route with its longest ids fits four times.
constexpr std::size_t kLongestTarget = 4096;

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

/// The byte that "%41" at `text` stands for.
std::optional<char> escaped_byte(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  const auto high = hex_digit(text[1]);
  const auto low = hex_digit(text[2]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

Result<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text[k] == '%') {
      const std::optional<char> byte = escaped_byte(text.substr(k));
      if (!byte) {
        return invalid_input(
            "a \"%\" in the address lacks two hexadecimal digits, expected a percent-encoded "
            "address");
      }
      out += *byte;
      k += 2;
    } else {
      out += plus_is_space && text[k] == '+' ? ' ' : text[k];
    }
  }
  if (!is_plain_text(out)) {
    return invalid_input(
        "the address holds control characters or invalid UTF-8, expected plain UTF-8 text");
  }
  return out;
}

/// Bytes of the UTF-8 sequence that starts with `lead`; 0 when none may.
std::size_t sequence_size(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

/// One code point from the front of `text`, which is then shorter; nullopt for invalid UTF-8.
std::optional<std::uint32_t> next_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = sequence_size(lead);
  if (size == 0 || text.size() < size) return std::nullopt;
  constexpr std::uint32_t kLeadBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  std::uint32_t point = lead & kLeadBits[size];
  for (std::size_t k = 1; k < size; ++k) {
    const auto byte = static_cast<unsigned char>(text[k]);
    if ((byte & 0xC0U) != 0x80) return std::nullopt;
    point = point << 6U | (byte & 0x3FU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < kSmallest[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
    return std::nullopt;
  text.remove_prefix(size);
  return point;
}

bool is_hostile(std::uint32_t point) {
  const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
  const bool bidirectional = (point >= 0x202A && point <= 0x202E) ||
                             (point >= 0x2066 && point <= 0x2069) || point == 0x200E ||
                             point == 0x200F || point == 0x061C;
  const bool line_break = point == 0x2028 || point == 0x2029;
  const bool no_character =
      point == 0xFEFF || (point & 0xFFFEU) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
  return control || bidirectional || line_break || no_character;
}

}  // namespace

bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    const std::optional<std::uint32_t> point = next_code_point(text);
    if (!point || is_hostile(*point)) return false;
  }
  return true;
}

Result<ParsedTarget> parse_target(std::string_view target) {
  if (target.size() > kLongestTarget) {
    return invalid_input(fmt::format("the address has {} bytes, expected at most {}", target.size(),
                                     kLongestTarget));
  }
  if (target.empty() || target.front() != '/')
    return invalid_input("the address is no path, expected one that starts with \"/\"");
  const std::size_t mark = target.find('?');
  std::string_view path = target.substr(1, mark == std::string_view::npos ? mark : mark - 1);
  ParsedTarget parsed;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    MENO_TRY(std::string segment, decoded(path.substr(0, slash), false));
    parsed.segments.push_back(std::move(segment));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
    if (path.empty()) parsed.segments.emplace_back();  // "/a/" is not "/a"
  }
  std::string_view query =
      mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = pair.find('=');
    MENO_TRY(std::string name, decoded(pair.substr(0, equals), true));
    MENO_TRY(std::string value, decoded(equals == std::string_view::npos ? std::string_view()
                                                                         : pair.substr(equals + 1),
                                        true));
    parsed.query.emplace_back(std::move(name), std::move(value));
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return parsed;
}

}  // namespace meno
