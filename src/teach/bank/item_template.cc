#include "teach/bank/item_template.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/rng.h"

namespace meno {
namespace {

constexpr std::uint64_t kMostDraws = 400;

/// FNV-1a: the seed of an item must never depend on a library.
std::uint64_t seed_of(std::string_view id) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

std::optional<TemplateScope> draw_scope(const ItemTemplate& item, Rng& rng) {
  TemplateScope scope;
  for (const ParameterRange& range : item.parameters) {
    scope.values.push_back(range.values[rng.below(range.values.size())]);
  }
  for (const std::vector<Text>& choices : item.words) {
    scope.words.push_back(&choices[rng.below(choices.size())]);
  }
  for (const Formula& formula : item.derived) {
    const std::optional<Rational> value = formula.evaluate(scope.values);
    if (!value) return std::nullopt;
    scope.values.push_back(*value);
  }
  for (const Formula& formula : item.required) {
    const std::optional<Rational> holds = formula.evaluate(scope.values);
    if (!holds || holds->is_zero()) return std::nullopt;
  }
  return scope;
}

std::optional<DrawnAnswer> draw_answer(const ItemTemplate& item, const AnswerTemplate& answer,
                                       const TemplateScope& scope) {
  DrawnAnswer drawn;
  if (const auto* sentence = std::get_if<BilingualTemplate>(&answer)) {
    const std::optional<Text> text = sentence->render(scope);
    if (!text) return std::nullopt;
    drawn.text = *text;
    return drawn;
  }
  drawn.value = std::get<Formula>(answer).evaluate(scope.values);
  if (!drawn.value) return std::nullopt;
  const std::optional<std::string> number = written(*drawn.value, item.format, true);
  if (!number) return std::nullopt;
  const auto with_unit = [&](const std::string& unit) {
    const bool attached =
        unit.empty() || unit == "%" || unit == "°" || static_cast<unsigned char>(unit[0]) >= 0xE0;
    return "$" + *number +
           (unit == "%"   ? "\\%$"
            : unit == "°" ? "^\\circ$"
                          : "$" + ((attached ? "" : " ") + unit));
  };
  drawn.text = {.en = with_unit(item.unit.en), .zh_cn = with_unit(item.unit.zh_cn)};
  return drawn;
}

bool all_differ(const DrawnItem& drawn) {
  std::set<std::string> english;
  std::set<std::string> chinese;
  const auto is_new = [&](const DrawnAnswer& answer) {
    const bool new_in_english = english.insert(answer.text.en).second;
    return chinese.insert(answer.text.zh_cn).second && new_in_english;
  };
  return is_new(drawn.right) && std::all_of(drawn.wrong.begin(), drawn.wrong.end(), is_new);
}

bool render_all(const std::vector<BilingualTemplate>& templates, const TemplateScope& scope,
                std::vector<Text>& texts) {
  for (const BilingualTemplate& sentence : templates) {
    std::optional<Text> text = sentence.render(scope);
    if (!text) return false;
    texts.push_back(*std::move(text));
  }
  return true;
}

std::optional<DrawnItem> attempt(const ItemTemplate& item, Rng& rng) {
  const std::optional<TemplateScope> scope = draw_scope(item, rng);
  if (!scope) return std::nullopt;
  DrawnItem drawn;
  std::optional<DrawnAnswer> right = draw_answer(item, item.answer, *scope);
  std::optional<Text> prompt = item.prompt.render(*scope);
  if (!right || !prompt) return std::nullopt;
  drawn.right = *std::move(right);
  drawn.prompt = *std::move(prompt);
  for (const WrongTemplate& wrong : item.wrong) {
    std::optional<DrawnAnswer> answer = draw_answer(item, wrong.answer, *scope);
    if (!answer) return std::nullopt;
    answer->misconception = wrong.misconception;
    drawn.wrong.push_back(*std::move(answer));
  }
  if (!all_differ(drawn) || !render_all(item.hints, *scope, drawn.hints) ||
      !render_all(item.steps, *scope, drawn.steps)) {
    return std::nullopt;
  }
  drawn.order.resize(drawn.wrong.size() + 1);
  std::iota(drawn.order.begin(), drawn.order.end(), std::size_t{0});
  rng.shuffle(std::span(drawn.order));
  return drawn;
}

}  // namespace

std::optional<DrawnItem> draw(const ItemTemplate& item, std::uint32_t variant) {
  const Rng seeded(mix64(seed_of(item.item.id)) + variant);
  for (std::uint64_t k = 0; k < kMostDraws; ++k) {
    Rng rng = seeded.fork(k);
    std::optional<DrawnItem> drawn = attempt(item, rng);
    if (drawn) return drawn;
  }
  return std::nullopt;
}

}  // namespace meno
