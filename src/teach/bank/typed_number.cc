#include "teach/bank/typed_number.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <utility>

namespace meno {
namespace {

constexpr std::size_t kLongest = 64;

// Signs that keyboards and copied text give for the ASCII ones. Full-width digits follow a rule
// instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kSigns{{
    {"−", "-"},
    {"–", "-"},
    {"—", "-"},
    {"－", "-"},
    {"＋", "+"},
    {"／", "/"},
    {"⁄", "/"},
    {"．", "."},
    {"。", "."},
    {"％", "%"},
    {"，", ","},
    {"＝", "="},
    {"（", "("},
    {"）", ")"},
    {"　", " "},
    {"\xC2\xA0", " "},
    {"又", " "},
}};

std::string to_ascii(std::string_view typed) {
  std::string text;
  while (!typed.empty()) {
    const auto* const sign = std::find_if(
        kSigns.begin(), kSigns.end(), [&](const auto& s) { return typed.starts_with(s.first); });
    if (sign != kSigns.end()) {
      text += sign->second;
      typed.remove_prefix(sign->first.size());
    } else if (typed.size() >= 3 && typed.starts_with("\xEF\xBC") &&
               static_cast<unsigned char>(typed[2]) >= 0x90 &&
               static_cast<unsigned char>(typed[2]) <= 0x99) {
      text += static_cast<char>('0' + (static_cast<unsigned char>(typed[2]) - 0x90));
      typed.remove_prefix(3);
    } else {
      text += typed.front();
      typed.remove_prefix(1);
    }
  }
  return text;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "1,234,567" -> "1234567"; nullopt when a comma does not stand before a group of three digits.
std::optional<std::string> without_separators(std::string_view text) {
  std::string kept;
  std::size_t group = 0;  // digits since the start or the last comma
  bool grouped = false;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : '\0';
    if (is_digit(c)) {
      ++group;
    } else if (c == ',' || (grouped && group > 0)) {
      if (grouped ? group != 3 : group < 1 || group > 3 || kept.size() != group)
        return std::nullopt;
      grouped = c == ',';
      group = 0;
    }
    if (c != ',' && c != '\0') kept += c;
  }
  return grouped ? std::nullopt : std::optional(kept);
}

std::optional<TypedNumber> simple(std::string_view text) {
  const bool decimal = text.find('.') != std::string_view::npos;
  std::string padded(text);
  if (padded.starts_with('.')) padded.insert(0, "0");
  if (padded.ends_with('.') && padded.size() > 1) padded.pop_back();
  const std::optional<Rational> value = Rational::from_decimal(padded);
  if (!value || padded.starts_with('-')) return std::nullopt;
  return TypedNumber{.value = *value, .decimal = decimal};
}

std::optional<TypedNumber> fraction(std::string_view text) {
  const std::size_t bar = text.find('/');
  if (bar == std::string_view::npos) return simple(text);
  std::string_view top_text = trimmed(text.substr(0, bar));
  std::string_view bottom_text = trimmed(text.substr(bar + 1));
  const bool negative_bottom = bottom_text.starts_with('-');
  if (negative_bottom) bottom_text.remove_prefix(1);
  const std::optional<TypedNumber> top = simple(top_text);
  const std::optional<TypedNumber> bottom = simple(bottom_text);
  if (!top || !bottom) return std::nullopt;
  const std::optional<Rational> value = over(top->value, bottom->value);
  if (!value) return std::nullopt;
  const bool whole = top->value.is_integer() && bottom->value.is_integer();
  return TypedNumber{.value = negative_bottom ? *minus(0, *value) : *value,
                     .decimal = top->decimal || bottom->decimal,
                     .lowest_terms = whole && bottom->value != Rational(1) &&
                                     std::gcd(top->value.num(), bottom->value.num()) == 1};
}

/// No sign: "3", "0.5", "3/4" or "1 3/4".
std::optional<TypedNumber> unsigned_number(std::string_view text) {
  const std::size_t bar = text.find('/');
  const std::string_view before_bar = trimmed(text.substr(0, bar));
  const std::size_t gap = before_bar.find(' ');
  if (bar == std::string_view::npos || gap == std::string_view::npos) return fraction(text);
  const std::optional<TypedNumber> whole = simple(before_bar.substr(0, gap));
  const std::optional<TypedNumber> rest = fraction(trimmed(text.substr(gap)));
  if (!whole || !rest || whole->decimal || std::is_lt(compare(rest->value, 0))) return std::nullopt;
  const std::optional<Rational> value = plus(whole->value, rest->value);
  if (!value) return std::nullopt;
  return TypedNumber{.value = *value,
                     .decimal = rest->decimal,
                     .lowest_terms = rest->lowest_terms && std::is_lt(compare(rest->value, 1))};
}

/// Cuts "x =" from the front.
std::string_view without_letter(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return text;
  const std::string_view letter = trimmed(text.substr(0, equals));
  const bool one_letter =
      letter.size() == 1 && std::isalpha(static_cast<unsigned char>(letter[0])) != 0;
  return one_letter || letter.empty() ? trimmed(text.substr(equals + 1)) : text;
}

std::string_view without_unit(std::string_view text, std::span<const std::string> units) {
  std::size_t longest = 0;
  for (const std::string& unit : units) {
    if (text.ends_with(unit)) longest = std::max(longest, unit.size());
  }
  return trimmed(text.substr(0, text.size() - longest));
}

}  // namespace

std::optional<TypedNumber> read_typed_number(std::string_view typed,
                                             std::span<const std::string> units) {
  if (typed.size() > kLongest) return std::nullopt;
  const std::string ascii = to_ascii(typed);
  std::string_view text = without_unit(without_letter(trimmed(ascii)), units);
  if (text.starts_with('(') && text.ends_with(')') && text.size() > 2)
    text = trimmed(text.substr(1, text.size() - 2));
  const bool percent = text.ends_with('%');
  if (percent) text = trimmed(text.substr(0, text.size() - 1));
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text = trimmed(text.substr(1));
  const std::optional<std::string> digits = without_separators(text);
  if (!digits) return std::nullopt;
  std::optional<TypedNumber> number = unsigned_number(*digits);
  if (!number) return std::nullopt;
  if (negative) number->value = *minus(0, number->value);
  if (!percent) return number;
  const std::optional<Rational> hundredth = over(number->value, 100);
  if (!hundredth) return std::nullopt;
  number->value = *hundredth;
  number->decimal = true;
  return number;
}

}  // namespace meno
