#include "teach/bank/text_template.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::array<std::pair<std::string_view, NumberFormat>, 6> kFormats{
    {{"dec", NumberFormat::Decimal},
     {"mixed", NumberFormat::Mixed},
     {"paren", NumberFormat::Parenthesised},
     {"signed", NumberFormat::Signed},
     {"coef", NumberFormat::Coefficient},
     {"scoef", NumberFormat::SignedCoefficient}}};

/// A value that is not negative.
std::string magnitude(const Rational& value, bool tex) {
  if (value.is_integer() || !tex) return value.as_fraction();
  return fmt::format("\\frac{{{}}}{{{}}}", value.num(), value.den());
}

std::string mixed(const Rational& size, bool tex) {
  const std::int64_t whole = size.floor();
  if (size.is_integer() || whole == 0) return magnitude(size, tex);
  const Rational rest = *Rational::make(size.num() - whole * size.den(), size.den());
  return fmt::format("{}{}{}", whole, tex ? "" : " ", magnitude(rest, tex));
}

}  // namespace

std::optional<std::string> written(const Rational& value, NumberFormat format, bool tex) {
  if (format == NumberFormat::Decimal) return value.as_decimal();
  const bool negative = value.num() < 0;
  const Rational size = negative ? *minus(0, value) : value;
  const std::string digits =
      format == NumberFormat::Mixed ? mixed(size, tex) : magnitude(size, tex);
  const bool unit = size == Rational(1);
  switch (format) {
    case NumberFormat::Parenthesised:
      return negative ? "(-" + digits + ")" : digits;
    case NumberFormat::Signed:
      return (negative ? "- " : "+ ") + digits;
    case NumberFormat::Coefficient:
      return (negative ? "-" : "") + (unit ? "" : digits);
    case NumberFormat::SignedCoefficient:
      return (negative ? "- " : "+ ") + (unit ? "" : digits);
    default:
      return negative ? "-" + digits : digits;
  }
}

Result<TextTemplate::Part> TextTemplate::placeholder(std::string_view inside,
                                                     const TemplateNames& names) {
  Part part;
  const std::size_t bar = inside.find('|');
  const std::string_view what = inside.substr(0, bar);
  const auto word = std::find(names.words.begin(), names.words.end(), what);
  if (word != names.words.end()) {
    part.word = static_cast<std::size_t>(word - names.words.begin());
    return part;
  }
  if (bar != std::string_view::npos) {
    const std::string_view name = inside.substr(bar + 1);
    const auto* const format = std::find_if(kFormats.begin(), kFormats.end(),
                                            [&](const auto& f) { return f.first == name; });
    if (format == kFormats.end()) {
      return invalid_input(
          fmt::format("format \"{}\", expected dec, mixed, paren, signed, coef or scoef", name));
    }
    part.format = format->second;
  }
  MENO_TRY(part.formula, Formula::parse(what, names.values));
  return part;
}

Result<TextTemplate> TextTemplate::parse(std::string_view text, const TemplateNames& names) {
  TextTemplate made;
  std::string literal;
  bool tex = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool doubled = at + 1 < text.size() && text[at + 1] == c;
    if (c == '$') tex = !tex;
    if (c == ']' && !doubled)
      return invalid_input(fmt::format("\"]\" without \"[\" in \"{}\", expected a pair", text));
    if (c == '[' && !doubled) {
      const std::size_t close = text.find(']', at);
      if (close == std::string_view::npos) {
        return invalid_input(fmt::format("\"[\" without \"]\" in \"{}\", expected a pair", text));
      }
      MENO_TRY(Part part, placeholder(text.substr(at + 1, close - at - 1), names));
      part.literal = std::exchange(literal, {});
      part.tex = tex;
      made.parts_.push_back(std::move(part));
      at = close;
      continue;
    }
    literal += c;
    if (c == '[' || c == ']') ++at;
  }
  if (tex)
    return invalid_input(fmt::format("an odd number of \"$\" in \"{}\", expected pairs", text));
  made.parts_.push_back({.literal = std::move(literal), .formula = {}, .word = {}});
  return made;
}

std::optional<std::string> TextTemplate::render(const TemplateScope& scope,
                                                std::string Text::*word) const {
  std::string text;
  for (const Part& part : parts_) {
    text += part.literal;
    if (part.word) text += scope.words[*part.word]->*word;
    if (!part.formula) continue;
    const std::optional<Rational> value = part.formula->evaluate(scope.values);
    if (!value) return std::nullopt;
    const std::optional<std::string> number = written(*value, part.format, part.tex);
    if (!number) return std::nullopt;
    text += *number;
  }
  return text;
}

std::optional<Text> BilingualTemplate::render(const TemplateScope& scope) const {
  std::optional<std::string> english = en.render(scope, &Text::en);
  std::optional<std::string> chinese = zh_cn.render(scope, &Text::zh_cn);
  if (!english || !chinese) return std::nullopt;
  return Text{.en = *std::move(english), .zh_cn = *std::move(chinese)};
}

}  // namespace meno
