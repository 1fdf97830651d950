// ItemTemplate: one exercise with its parameters open. A draw fixes them and writes every sentence
// out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/json_fwd.h"
#include "core/result.h"
#include "core/text.h"
#include "teach/bank/bank.h"
#include "teach/bank/formula.h"
#include "teach/bank/text_template.h"

namespace meno {

/// What a parameter is drawn from: evenly spaced numbers, or a list.
struct ParameterRange {
  std::vector<Rational> values;
};

/// A right or wrong answer: a number to compute, or a sentence to fill in.
using AnswerTemplate = std::variant<Formula, BilingualTemplate>;

struct WrongTemplate {
  std::string misconception;
  AnswerTemplate answer;
};

struct ItemTemplate {
  BankItem item;
  std::vector<ParameterRange> parameters;  // the first of the scope's values
  std::vector<std::vector<Text>> words;    // the scope's words
  std::vector<Formula> derived;            // "let": the following values of the scope, in order
  std::vector<Formula> required;           // all must be different from 0
  BilingualTemplate prompt;
  AnswerTemplate answer;
  std::vector<WrongTemplate> wrong;
  std::vector<BilingualTemplate> hints;
  std::vector<BilingualTemplate> steps;
  NumberFormat format = NumberFormat::Auto;  // of numeric answers
  bool lowest_terms = false;                 // a typed fraction must be in lowest terms
  Text unit;                                 // written behind numeric answers, may be empty
  std::vector<std::string> typed_units;      // what may follow a typed number
};

/// An answer of one drawn item. `value` is absent for sentences.
struct DrawnAnswer {
  std::string misconception;  // empty for the right one
  Text text;
  std::optional<Rational> value;
};

struct DrawnItem {
  Text prompt;
  std::vector<Text> hints;
  std::vector<Text> steps;
  DrawnAnswer right;
  std::vector<DrawnAnswer> wrong;
  std::vector<std::size_t>
      order;  // order[k]: option shown k-th; 0 is the right one, w + 1 the wrong one w
};

/// The item's `variant`: parameters are drawn, and drawn again until all formulas are defined, the
/// requirements hold, and all answers differ. The same on every machine. nullopt when 400 draws did
/// not find any.
std::optional<DrawnItem> draw(const ItemTemplate& item, std::uint32_t variant);

/// Reads one item object. Errors: InvalidInput; `where` names the file and the item, the message
/// adds the field.
Result<ItemTemplate> item_template_from_json(const Json& json, const std::string& where);

/// {"en", "zh-CN"}, both non-empty. Errors: InvalidInput naming `field`.
Result<Text> text_from_json(const Json& json, const std::string& where, const std::string& field);

}  // namespace meno
