// TextTemplate: an exercise's sentence with placeholders, e.g. "Work out $[a] + [b|paren]$." ->
// "Work out $3 + (-2)$."
//
//   [formula]          a number; fractions as \frac{}{} between $...$ and as 3/4 outside
//   [formula|dec]      a decimal             [formula|mixed]  a mixed number
//   [formula|paren]    brackets if negative  [formula|signed] "+ 3", "- 3"
//   [formula|coef]     coefficient of a letter: 1 is left out, -1 is "-"
//   [formula|scoef]    the same with its sign: "+ ", "- ", "+ 3", "- 3"
//   [word]             a word parameter, in the sentence's language
//   [[  ]]             literal square brackets
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"
#include "teach/bank/formula.h"
#include "teach/bank/rational.h"

namespace meno {

/// How a number is written.
enum class NumberFormat {
  Auto,
  Decimal,
  Mixed,
  Parenthesised,
  Signed,
  Coefficient,
  SignedCoefficient
};

/// `value` as text; with `tex` as it goes between $...$. nullopt when it has no such form (an
/// endless decimal).
std::optional<std::string> written(const Rational& value, NumberFormat format, bool tex);

/// What placeholders may refer to.
struct TemplateNames {
  std::vector<std::string> values;
  std::vector<std::string> words;
};

/// One draw of it, in the same order. The texts outlive the call.
struct TemplateScope {
  std::vector<Rational> values;
  std::vector<const Text*> words;
};

/// One language of one sentence. Immutable.
class TextTemplate {
 public:
  /// Errors: InvalidInput for an open placeholder, an odd number of $, an unknown format or a bad
  /// formula.
  static Result<TextTemplate> parse(std::string_view text, const TemplateNames& names);

  /// nullopt when a placeholder is not defined for these values. `word` picks the language of a
  /// word.
  std::optional<std::string> render(const TemplateScope& scope, std::string Text::*word) const;

 private:
  struct Part {
    std::string literal;  // before the placeholder
    std::optional<Formula> formula;
    std::optional<std::size_t> word;
    NumberFormat format = NumberFormat::Auto;
    bool tex = false;  // between $...$
  };
  static Result<Part> placeholder(std::string_view inside, const TemplateNames& names);

  std::vector<Part> parts_;
};

/// A sentence in both languages.
struct BilingualTemplate {
  TextTemplate en;
  TextTemplate zh_cn;

  std::optional<Text> render(const TemplateScope& scope) const;
};

}  // namespace meno
