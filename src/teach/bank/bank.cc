#include "teach/bank/bank.h"

#include <algorithm>

#include <fmt/format.h>

#include "teach/bank/bank_state.h"
#include "teach/bank/item_template.h"
#include "teach/bank/typed_number.h"

namespace meno {
namespace {

Result<DrawnItem> drawn_or_error(const ItemTemplate* item, std::string_view id,
                                 std::uint32_t variant) {
  if (item == nullptr)
    return not_found(fmt::format("item \"{}\" is not in the bank, expected one of its ids", id));
  std::optional<DrawnItem> drawn = draw(*item, variant);
  if (!drawn) {
    return Error{ErrorKind::Internal,
                 fmt::format("item \"{}\", variant {}: no parameters satisfy it, expected some", id,
                             variant)};
  }
  return *std::move(drawn);
}

std::string choice_id(std::size_t place) { return {static_cast<char>('a' + place)}; }

const DrawnAnswer& answer_at(const DrawnItem& drawn, std::size_t place) {
  const std::size_t which = drawn.order[place];
  return which == 0 ? drawn.right : drawn.wrong[which - 1];
}

std::string place_of(const DrawnItem& drawn, std::size_t which) {
  const auto found = std::find(drawn.order.begin(), drawn.order.end(), which);
  return choice_id(static_cast<std::size_t>(found - drawn.order.begin()));
}

/// The number as a student would type it.
std::string typed(const Rational& value, NumberFormat format) {
  return written(value, format, false).value_or(value.as_fraction());
}

bool has_math(const ItemContent& content) {
  const auto math = [](const Text& text) { return text.en.find('$') != std::string::npos; };
  return math(content.prompt) || std::any_of(content.hints.begin(), content.hints.end(), math) ||
         std::any_of(content.choices.begin(), content.choices.end(),
                     [&](const ItemChoice& choice) { return math(choice.text); });
}

Text joined(const std::vector<Text>& steps) {
  Text all;
  for (const Text& step : steps) {
    all.en += (all.en.empty() ? "" : "\n") + step.en;
    all.zh_cn += (all.zh_cn.empty() ? "" : "\n") + step.zh_cn;
  }
  return all;
}

/// What grading found: right, or which misconception ("" when none is known).
struct Verdict {
  bool correct = false;
  std::string misconception;
};

Result<Verdict> judge_choice(const ItemTemplate& item, const DrawnItem& drawn,
                             std::string_view response) {
  const bool known = response.size() == 1 && response[0] >= 'a' &&
                     static_cast<std::size_t>(response[0] - 'a') < drawn.order.size();
  if (!known) {
    return invalid_input(
        fmt::format("the response to item \"{}\" is none of its choices, expected \"a\" to \"{}\"",
                    item.item.id, choice_id(drawn.order.size() - 1)));
  }
  const DrawnAnswer& answer = answer_at(drawn, static_cast<std::size_t>(response[0] - 'a'));
  return Verdict{.correct = answer.misconception.empty(), .misconception = answer.misconception};
}

Result<Verdict> judge_number(const ItemTemplate& item, const DrawnItem& drawn,
                             std::string_view response) {
  const std::optional<TypedNumber> number = read_typed_number(response, item.typed_units);
  if (!number) {
    return invalid_input(fmt::format(
        "the response to item \"{}\" is not a number, expected one such as 12, 0.5 or 3/4",
        item.item.id));
  }
  if (number->value == *drawn.right.value) {
    if (item.lowest_terms && number->decimal) {
      return invalid_input(
          fmt::format("the response to item \"{}\" is a decimal, expected a fraction such as 3/4",
                      item.item.id));
    }
    const bool form = !item.lowest_terms || number->lowest_terms;
    return Verdict{.correct = form, .misconception = form ? "" : "not_lowest_terms"};
  }
  const auto named =
      std::find_if(drawn.wrong.begin(), drawn.wrong.end(),
                   [&](const DrawnAnswer& wrong) { return wrong.value == number->value; });
  return Verdict{.correct = false,
                 .misconception = named == drawn.wrong.end() ? "" : named->misconception};
}

}  // namespace

std::string_view name_of(AnswerKind kind) {
  return kind == AnswerKind::Choice ? "choice" : "number";
}

const std::string& ItemBank::course_id() const { return state_->course_id; }
const Text& ItemBank::course_name() const { return state_->course_name; }
std::span<const BankStrand> ItemBank::strands() const { return state_->strands; }
std::span<const BankSkill> ItemBank::skills() const { return state_->skills; }
const SkillGraph& ItemBank::graph() const { return state_->graph; }
std::span<const Misconception> ItemBank::misconceptions() const { return state_->misconceptions; }
std::span<const BankItem> ItemBank::items() const { return state_->items; }

const BankSkill* ItemBank::find_skill(std::string_view id) const {
  const auto found = state_->skill_index.find(id);
  return found == state_->skill_index.end() ? nullptr : &state_->skills[found->second];
}

const BankItem* ItemBank::find_item(std::string_view id) const {
  const auto found = state_->item_index.find(id);
  return found == state_->item_index.end() ? nullptr : &state_->items[found->second];
}

const BankStrand* ItemBank::find_strand(std::string_view id) const {
  const auto& all = state_->strands;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const BankStrand& s) { return s.id == id; });
  return found == all.end() ? nullptr : &*found;
}

const Misconception* ItemBank::find_misconception(std::string_view id) const {
  const auto& all = state_->misconceptions;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Misconception& m) { return m.id == id; });
  return found == all.end() ? nullptr : &*found;
}

Result<ItemContent> ItemBank::instantiate(std::string_view item_id, std::uint32_t variant) const {
  const ItemTemplate* item = state_->find_template(item_id);
  MENO_TRY(DrawnItem drawn, drawn_or_error(item, item_id, variant));
  ItemContent content{.item_id = item->item.id,
                      .variant = variant,
                      .prompt = std::move(drawn.prompt),
                      .kind = item->item.kind,
                      .choices = {},
                      .hints = {}};
  if (content.kind == AnswerKind::Choice) {
    for (std::size_t place = 0; place < drawn.order.size(); ++place) {
      content.choices.push_back({.id = choice_id(place), .text = answer_at(drawn, place).text});
    }
  }
  content.hints.push_back(
      state_->skill_hints[state_->skill_index.find(item->item.skills.front())->second]);
  content.hints.insert(content.hints.end(), drawn.hints.begin(), drawn.hints.end());
  content.math = has_math(content);
  return content;
}

Result<Grade> ItemBank::grade(std::string_view item_id, std::uint32_t variant,
                              std::string_view response) const {
  const ItemTemplate* item = state_->find_template(item_id);
  MENO_TRY(const DrawnItem drawn, drawn_or_error(item, item_id, variant));
  MENO_TRY(const Verdict verdict, item->item.kind == AnswerKind::Choice
                                      ? judge_choice(*item, drawn, response)
                                      : judge_number(*item, drawn, response));
  Grade grade{.correct = verdict.correct,
              .right_answer = drawn.right.text,
              .explanation = joined(drawn.steps),
              .misconception = {}};
  const Misconception* named =
      verdict.misconception.empty() ? nullptr : find_misconception(verdict.misconception);
  if (named != nullptr) grade.misconception = *named;
  return grade;
}

Result<AnswerKey> ItemBank::answer_key(std::string_view item_id, std::uint32_t variant) const {
  const ItemTemplate* item = state_->find_template(item_id);
  MENO_TRY(const DrawnItem drawn, drawn_or_error(item, item_id, variant));
  const bool choice = item->item.kind == AnswerKind::Choice;
  AnswerKey key;
  key.right = choice ? place_of(drawn, 0) : typed(*drawn.right.value, item->format);
  for (std::size_t k = 0; k < drawn.wrong.size(); ++k) {
    const DrawnAnswer& wrong = drawn.wrong[k];
    key.wrong.push_back(
        {.misconception = wrong.misconception,
         .response = choice ? place_of(drawn, k + 1) : typed(*wrong.value, item->format)});
  }
  return key;
}

std::string ItemBank::json() const { return state_->document; }

}  // namespace meno
