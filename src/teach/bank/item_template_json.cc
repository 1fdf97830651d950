// Reading one item of the bank: every fault names the file, the item and the field.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/json.h"
#include "teach/bank/item_template.h"

namespace meno {
namespace {

constexpr std::size_t kMostValues = 10000;
constexpr std::size_t kMostWrong = 5;

struct Level {
  std::string_view id;
  double difficulty;
};
constexpr std::array kLevels{Level{"easy", -0.8}, Level{"standard", 0.0}, Level{"hard", 0.7},
                             Level{"word", 0.5}};

constexpr std::array<std::string_view, 17> kFields{
    "id",   "skills", "level", "difficulty", "parameters", "words", "let",   "require", "prompt",
    "kind", "answer", "wrong", "format",     "accept",     "unit",  "hints", "steps"};

Error fault(const std::string& where, const std::string& field, const std::string& what) {
  return invalid_input(fmt::format("{}: field \"{}\": {}", where, field, what));
}

/// The texts of all fields of one item, read with one set of names.
class ItemReader {
 public:
  ItemReader(const Json& json, const std::string& where) : json_(json), where_(where) {}

  Result<ItemTemplate> run() {
    MENO_TRY_DONE(check_fields());
    MENO_TRY_DONE(read_head());
    MENO_TRY_DONE(read_parameters());
    MENO_TRY_DONE(read_words());
    MENO_TRY_DONE(read_formulas());
    MENO_TRY(made_.prompt, sentence(json_.value("prompt", Json()), "prompt"));
    MENO_TRY_DONE(read_answers());
    MENO_TRY_DONE(read_sentences("hints", made_.hints));
    MENO_TRY_DONE(read_sentences("steps", made_.steps));
    MENO_TRY_DONE(read_format());
    return std::move(made_);
  }

 private:
  Result<Done> check_fields() {
    for (const auto& [name, value] : json_.items()) {
      if (std::find(kFields.begin(), kFields.end(), name) == kFields.end()) {
        return fault(where_, name,
                     fmt::format("unknown, expected one of {}", fmt::join(kFields, ", ")));
      }
    }
    return Done{};
  }

  Result<std::string> string(const std::string& field) {
    const auto found = json_.find(field);
    if (found == json_.end() || !found->is_string() ||
        found->get_ref<const std::string&>().empty()) {
      return fault(where_, field, "missing, expected a string");
    }
    return found->get<std::string>();
  }

  std::string optional_string(const std::string& field, const std::string& absent) {
    const auto found = json_.find(field);
    if (found == json_.end()) return absent;
    return found->is_string() ? found->get<std::string>() : found->dump();
  }

  Result<Done> read_head() {
    MENO_TRY(made_.item.id, string("id"));
    MENO_TRY(made_.item.level, string("level"));
    const auto* const level = std::find_if(
        kLevels.begin(), kLevels.end(), [&](const Level& l) { return l.id == made_.item.level; });
    if (level == kLevels.end()) {
      return fault(where_, "level",
                   fmt::format("\"{}\", expected easy, standard, hard or word", made_.item.level));
    }
    made_.item.difficulty = level->difficulty;
    if (json_.contains("difficulty")) {
      if (!json_["difficulty"].is_number())
        return fault(where_, "difficulty", "expected logits, e.g. 0.5");
      made_.item.difficulty = json_["difficulty"].get<double>();
    }
    MENO_TRY(const std::string kind, string("kind"));
    if (kind != "choice" && kind != "number") {
      return fault(where_, "kind", fmt::format("\"{}\", expected \"choice\" or \"number\"", kind));
    }
    made_.item.kind = kind == "choice" ? AnswerKind::Choice : AnswerKind::Number;
    const Json skills = json_.value("skills", Json());
    if (!skills.is_array() || skills.empty())
      return fault(where_, "skills", "missing, expected a list of skill ids");
    for (const Json& skill : skills) {
      if (!skill.is_string()) return fault(where_, "skills", "expected strings");
      made_.item.skills.push_back(skill.get<std::string>());
    }
    return Done{};
  }

  Result<Rational> number(const Json& json, const std::string& field) {
    const std::string text = json.is_string()   ? json.get<std::string>()
                             : json.is_number() ? json.dump()
                                                : "";
    const std::size_t bar = text.find('/');
    const std::optional<Rational> top =
        Rational::from_decimal(std::string_view(text).substr(0, bar));
    const std::optional<Rational> bottom =
        bar == std::string::npos ? Rational(1)
                                 : Rational::from_decimal(std::string_view(text).substr(bar + 1));
    const std::optional<Rational> value = top && bottom ? over(*top, *bottom) : std::nullopt;
    if (!value)
      return fault(where_, field,
                   fmt::format("{}, expected a number such as 3, \"0.1\" or \"1/2\"", json.dump()));
    return *value;
  }

  /// [from, to], [from, to, step] or {"one_of": [...]}.
  Result<ParameterRange> range(const Json& json, const std::string& field) {
    ParameterRange made;
    const Json listed = json.is_object() ? json.value("one_of", Json()) : Json();
    if (listed.is_array() && !listed.empty()) {
      for (const Json& entry : listed) {
        MENO_TRY(const Rational value, number(entry, field));
        made.values.push_back(value);
      }
      return made;
    }
    if (!json.is_array() || json.size() < 2 || json.size() > 3) {
      return fault(where_, field, "expected [from, to], [from, to, step] or {\"one_of\": [...]}");
    }
    MENO_TRY(const Rational from, number(json[0], field));
    MENO_TRY(const Rational to, number(json[1], field));
    const Json one = 1;
    MENO_TRY(const Rational step, number(json.size() == 3 ? json[2] : one, field));
    if (std::is_lteq(compare(step, 0)) || std::is_gt(compare(from, to)))
      return fault(where_, field, "expected from <= to and a step above 0");
    for (std::optional<Rational> at = from; at && std::is_lteq(compare(*at, to));
         at = plus(*at, step)) {
      if (made.values.size() == kMostValues)
        return fault(where_, field, "more than 10000 values, expected fewer");
      made.values.push_back(*at);
    }
    return made;
  }

  Result<Done> read_parameters() {
    const Json parameters = json_.value("parameters", Json::object());
    if (!parameters.is_object()) return fault(where_, "parameters", "expected an object of ranges");
    for (const auto& [name, value] : parameters.items()) {
      MENO_TRY(ParameterRange made, range(value, "parameters." + name));
      made_.parameters.push_back(std::move(made));
      MENO_TRY_DONE(define(name, "parameters." + name, names_.values));
    }
    return Done{};
  }

  Result<Done> define(const std::string& name, const std::string& field,
                      std::vector<std::string>& names) {
    const auto lower = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    const bool well_formed = !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
                             std::all_of(name.begin(), name.end(), lower);
    const auto taken = [&](const std::vector<std::string>& in) {
      return std::find(in.begin(), in.end(), name) != in.end();
    };
    if (!well_formed)
      return fault(where_, field,
                   fmt::format("name \"{}\", expected lower-case letters and digits", name));
    if (taken(names_.values) || taken(names_.words))
      return fault(where_, field, fmt::format("\"{}\" is defined twice, expected once", name));
    names.push_back(name);
    return Done{};
  }

  Result<Done> read_words() {
    const Json words = json_.value("words", Json::object());
    if (!words.is_object()) return fault(where_, "words", "expected an object of lists");
    for (const auto& [name, list] : words.items()) {
      const std::string field = "words." + name;
      if (!list.is_array() || list.empty())
        return fault(where_, field, "expected a list of {\"en\", \"zh-CN\"}");
      std::vector<Text> texts;
      for (const Json& entry : list) {
        MENO_TRY(Text text, text_from_json(entry, where_, field));
        texts.push_back(std::move(text));
      }
      made_.words.push_back(std::move(texts));
      MENO_TRY_DONE(define(name, field, names_.words));
    }
    return Done{};
  }

  Result<Formula> formula(const Json& json, const std::string& field) {
    const std::string text = json.is_string()   ? json.get<std::string>()
                             : json.is_number() ? json.dump()
                                                : "";
    Result<Formula> parsed = Formula::parse(text, names_.values);
    if (!parsed) return fault(where_, field, parsed.error().message);
    return parsed;
  }

  Result<Done> read_formulas() {
    const Json derived = json_.value("let", Json::object());
    if (!derived.is_object()) return fault(where_, "let", "expected an object of formulas");
    for (const auto& [name, text] : derived.items()) {
      MENO_TRY(Formula made, formula(text, "let." + name));
      made_.derived.push_back(std::move(made));
      MENO_TRY_DONE(define(name, "let." + name, names_.values));
    }
    const Json required = json_.value("require", Json::array());
    if (!required.is_array()) return fault(where_, "require", "expected a list of formulas");
    for (const Json& text : required) {
      MENO_TRY(Formula made, formula(text, "require"));
      made_.required.push_back(std::move(made));
    }
    return Done{};
  }

  Result<TextTemplate> one_language(const std::string& text, const std::string& field) {
    Result<TextTemplate> parsed = TextTemplate::parse(text, names_);
    if (!parsed) return fault(where_, field, parsed.error().message);
    return parsed;
  }

  Result<BilingualTemplate> sentence(const Json& json, const std::string& field) {
    MENO_TRY(const Text text, text_from_json(json, where_, field));
    BilingualTemplate made;
    MENO_TRY(made.en, one_language(text.en, field + ".en"));
    MENO_TRY(made.zh_cn, one_language(text.zh_cn, field + ".zh-CN"));
    return made;
  }

  /// "formula", {"text": same in both languages} or {"en", "zh-CN"}.
  Result<AnswerTemplate> answer(const Json& json, const std::string& field) {
    if (!json.is_object()) {
      MENO_TRY(Formula made, formula(json, field));
      return AnswerTemplate(std::move(made));
    }
    if (made_.item.kind == AnswerKind::Number)
      return fault(where_, field, "a sentence, expected a formula for a typed number");
    if (!json.contains("text")) {
      MENO_TRY(BilingualTemplate made, sentence(json, field));
      return AnswerTemplate(std::move(made));
    }
    const Json& text = json["text"];
    MENO_TRY(BilingualTemplate made, sentence(Json{{"en", text}, {"zh-CN", text}}, field));
    return AnswerTemplate(std::move(made));
  }

  Result<Done> read_answers() {
    if (!json_.contains("answer"))
      return fault(where_, "answer", "missing, expected a formula or a sentence");
    MENO_TRY(made_.answer, answer(json_["answer"], "answer"));
    const Json wrong = json_.value("wrong", Json());
    if (!wrong.is_object() || wrong.empty() || wrong.size() > kMostWrong) {
      return fault(where_, "wrong", "expected 1 to 5 answers by misconception");
    }
    for (const auto& [misconception, value] : wrong.items()) {
      MENO_TRY(AnswerTemplate made, answer(value, "wrong." + misconception));
      made_.wrong.push_back({.misconception = misconception, .answer = std::move(made)});
      made_.item.misconceptions.push_back(misconception);
    }
    made_.item.choices =
        made_.item.kind == AnswerKind::Choice ? static_cast<int>(wrong.size()) + 1 : 0;
    return Done{};
  }

  Result<Done> read_sentences(const std::string& field, std::vector<BilingualTemplate>& into) {
    const Json list = json_.value(field, Json());
    if (!list.is_array() || list.empty())
      return fault(where_, field, "missing, expected a list of {\"en\", \"zh-CN\"}");
    for (std::size_t k = 0; k < list.size(); ++k) {
      MENO_TRY(BilingualTemplate made, sentence(list[k], fmt::format("{}[{}]", field, k)));
      into.push_back(std::move(made));
    }
    return Done{};
  }

  Result<Done> read_format() {
    const std::string format = optional_string("format", "fraction");
    if (format != "fraction" && format != "decimal" && format != "mixed") {
      return fault(where_, "format",
                   fmt::format("\"{}\", expected fraction, decimal or mixed", format));
    }
    made_.format = format == "decimal" ? NumberFormat::Decimal
                   : format == "mixed" ? NumberFormat::Mixed
                                       : NumberFormat::Auto;
    const std::string accept = optional_string("accept", "any");
    if (accept != "any" && accept != "lowest_terms") {
      return fault(where_, "accept", fmt::format("\"{}\", expected any or lowest_terms", accept));
    }
    made_.lowest_terms = accept == "lowest_terms";
    if (!json_.contains("unit")) return Done{};
    MENO_TRY(made_.unit, text_from_json(json_["unit"], where_, "unit"));
    made_.typed_units = {made_.unit.en, made_.unit.zh_cn};
    return Done{};
  }

  const Json& json_;
  const std::string& where_;
  TemplateNames names_;
  ItemTemplate made_;
};

}  // namespace

Result<Text> text_from_json(const Json& json, const std::string& where, const std::string& field) {
  const auto part = [&](const char* language) {
    const bool there = json.is_object() && json.contains(language) && json[language].is_string();
    return there ? json[language].get<std::string>() : std::string();
  };
  Text text{.en = part("en"), .zh_cn = part("zh-CN")};
  if (text.en.empty()) return fault(where, field + ".en", "missing, expected a sentence");
  if (text.zh_cn.empty()) return fault(where, field + ".zh-CN", "missing, expected a sentence");
  return text;
}

Result<ItemTemplate> item_template_from_json(const Json& json, const std::string& where) {
  if (!json.is_object()) return fault(where, "items", "expected objects");
  return ItemReader(json, where).run();
}

}  // namespace meno
