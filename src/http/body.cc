// The one place that includes simdjson in http: its DOM checks the whole document, UTF-8 included,
// before a field is read.
#include "http/body.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/iso_time.h"
#include "http/path.h"
#include "http/route.h"

namespace meno {
namespace {

constexpr std::size_t kLongestResponse = 1000;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestPassword = 1000;
/// A day; longer thinking times are clocks gone wrong.
constexpr std::int64_t kLongestResponseMs = 86'400'000;
constexpr std::int64_t kMostHints = 1000;
constexpr std::size_t kMostFields = 16;

/// A body's one object with its fields, each seen once and known.
class Fields {
 public:
  static Result<Fields> parse(std::string& body, std::span<const std::string_view> known) {
    thread_local simdjson::dom::parser parser;
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::element document;
    if (const auto fault = parser.parse(body.data(), body.size(), false).get(document);
        fault != simdjson::SUCCESS) {
      return invalid_input(fmt::format("the body is not valid JSON ({}), expected one object",
                                       simdjson::error_message(fault)));
    }
    Fields fields(known);
    simdjson::dom::object object;
    if (document.get_object().get(object) != simdjson::SUCCESS) {
      return invalid_input("the body is no JSON object, expected one");
    }
    for (const auto field : object) {
      MENO_TRY_DONE(fields.add(field.key, field.value));
    }
    return fields;
  }

  const simdjson::dom::element* find(std::string_view name) const {
    for (std::size_t k = 0; k < known_.size(); ++k) {
      if (known_[k] == name) return present_[k] ? &values_[k] : nullptr;
    }
    return nullptr;
  }

  Result<std::optional<std::string>> text(std::string_view name, std::size_t longest) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return std::optional<std::string>();
    std::string_view text;
    if (value->get_string().get(text) != simdjson::SUCCESS) return wrong_type(name, "text");
    if (text.empty() || text.size() > longest) {
      return invalid_input(
          fmt::format("\"{}\" has {} bytes, expected 1 to {}", name, text.size(), longest));
    }
    if (!is_plain_text(text)) {
      return invalid_input(
          fmt::format("\"{}\" holds control or invisible characters, expected plain text", name));
    }
    return std::optional<std::string>(text);
  }

  Result<std::string> required_text(std::string_view name, std::size_t longest) const {
    MENO_TRY(std::optional<std::string> value, text(name, longest));
    if (!value) return invalid_input(fmt::format("\"{}\" is missing, expected text", name));
    return *std::move(value);
  }

  template <class Integer>
  Result<std::optional<Integer>> integer(std::string_view name, std::int64_t most) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return std::optional<Integer>();
    std::int64_t number = 0;
    if (value->get_int64().get(number) != simdjson::SUCCESS)
      return wrong_type(name, "a whole number");
    if (number < 0 || number > most) {
      return invalid_input(fmt::format("\"{}\" is {}, expected 0 to {}", name, number, most));
    }
    return std::optional<Integer>(static_cast<Integer>(number));
  }

  Result<std::optional<double>> number(std::string_view name, double most) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return std::optional<double>();
    double number = 0.0;
    if (value->get_double().get(number) != simdjson::SUCCESS) return wrong_type(name, "a number");
    if (!(number >= 0.0 && number <= most)) {
      return invalid_input(fmt::format("\"{}\" is {}, expected 0 to {}", name, number, most));
    }
    return std::optional<double>(number);
  }

  /// The elements of a list; none when absent.
  Result<std::vector<simdjson::dom::element>> list(std::string_view name, std::size_t most) const {
    std::vector<simdjson::dom::element> elements;
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return elements;
    simdjson::dom::array array;
    if (value->get_array().get(array) != simdjson::SUCCESS) return wrong_type(name, "a list");
    for (const simdjson::dom::element element : array) elements.push_back(element);
    if (elements.size() > most) {
      return invalid_input(
          fmt::format("\"{}\" has {} entries, expected 0 to {}", name, elements.size(), most));
    }
    return elements;
  }

  Result<std::optional<bool>> boolean(std::string_view name) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return std::optional<bool>();
    bool flag = false;
    if (value->get_bool().get(flag) != simdjson::SUCCESS) return wrong_type(name, "true or false");
    return std::optional<bool>(flag);
  }

  /// nullopt for null; the field must be there.
  Result<std::optional<double>> number_or_null(std::string_view name) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr)
      return invalid_input(fmt::format("\"{}\" is missing, expected a number or null", name));
    if (value->is_null()) return std::optional<double>();
    double number = 0.0;
    if (value->get_double().get(number) != simdjson::SUCCESS)
      return wrong_type(name, "a number or null");
    return std::optional<double>(number);
  }

 private:
  explicit Fields(std::span<const std::string_view> known) : known_(known) {}

  Result<Done> add(std::string_view name, simdjson::dom::element value) {
    for (std::size_t k = 0; k < known_.size(); ++k) {
      if (known_[k] != name) continue;
      if (present_[k])
        return invalid_input(fmt::format("\"{}\" is given twice, expected once", name));
      present_[k] = true;
      values_[k] = value;
      return Done{};
    }
    return invalid_input(fmt::format("the field \"{}\" is not known, expected one of: {}",
                                     printable(name), fmt::join(known_, ", ")));
  }

  static std::string printable(std::string_view name) {
    std::string shown;
    for (const char c : name.substr(0, 40)) shown += c >= ' ' && c < 0x7F ? c : '?';
    return shown;
  }

  static Error wrong_type(std::string_view name, std::string_view expected) {
    return invalid_input(fmt::format("\"{}\" has the wrong type, expected {}", name, expected));
  }

  std::span<const std::string_view> known_;
  std::array<bool, kMostFields> present_{};
  std::array<simdjson::dom::element, kMostFields> values_{};
};

constexpr std::array<std::string_view, 10> kAnswerFields = {
    "event_id", "course_id", "student_id",  "item_id",     "variant",
    "response", "correct",   "answered_at", "response_ms", "hints_used"};
constexpr std::array<std::string_view, 10> kTestFields = {
    "course_id", "student_id", "skills",   "answers", "known",
    "elapsed_s", "end",        "shortest", "longest", "precision"};
constexpr std::size_t kMostTestAnswers = 200;
constexpr std::size_t kMostTestSkills = 1000;
constexpr std::array<std::string_view, 3> kStudentFields = {"id", "display_name", "class_id"};
constexpr std::array<std::string_view, 8> kAccountFields = {
    "id", "role", "display_name", "school_id", "student_id", "course_id", "class_id", "password"};
constexpr std::array<std::string_view, 4> kKeyFields = {"id", "scopes", "school_id", "days"};
constexpr std::array<std::string_view, 2> kSignInFields = {"account_id", "password"};
constexpr std::array<std::string_view, 1> kVersionFields = {"version"};
constexpr std::array<std::string_view, 6> kFeedbackFields = {"event_id", "course_id", "student_id",
                                                             "item_id",  "kind",      "given_at"};
constexpr std::array<std::string_view, 1> kPreferencesFields = {"target"};

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && is_plain_text(text);
}

Result<Done> decode_test_lists(const Fields& fields, TestStepAsk& ask) {
  MENO_TRY(const auto skills, fields.list("skills", kMostTestSkills));
  for (const simdjson::dom::element& skill : skills) {
    std::string_view id;
    if (skill.get_string().get(id) != simdjson::SUCCESS || !is_id(id))
      return invalid_input("\"skills\" holds something else, expected ids or names of skills");
    ask.skills.emplace_back(id);
  }
  MENO_TRY(const auto answers, fields.list("answers", kMostTestAnswers));
  for (const simdjson::dom::element& answer : answers) {
    std::string_view id;
    bool correct = false;
    if (answer["item_id"].get_string().get(id) != simdjson::SUCCESS || !is_id(id) ||
        answer["correct"].get_bool().get(correct) != simdjson::SUCCESS) {
      return invalid_input(
          fmt::format("\"answers\" holds something else at place {}, expected objects with "
                      "\"item_id\" and \"correct\", true or false",
                      ask.answers.size() + 1));
    }
    ask.answers.push_back({std::string(id), correct});
  }
  return Done{};
}

}  // namespace

Result<TestStepAsk> decode_test(std::string& body) {
  constexpr double kLongestTestS = 86'400.0;
  MENO_TRY(const Fields fields, Fields::parse(body, kTestFields));
  TestStepAsk ask;
  MENO_TRY(ask.course_id, fields.required_text("course_id", kLongestId));
  MENO_TRY(const std::optional<std::string> student, fields.text("student_id", kLongestId));
  ask.student_id = student.value_or("");
  MENO_TRY_DONE(decode_test_lists(fields, ask));
  MENO_TRY(const std::optional<int> known, fields.integer<int>("known", 1000));
  ask.known = known.value_or(0);
  MENO_TRY(const std::optional<double> elapsed, fields.number("elapsed_s", kLongestTestS));
  ask.elapsed_s = elapsed.value_or(0.0);
  MENO_TRY(const std::optional<bool> end, fields.boolean("end"));
  ask.end = end.value_or(false);
  MENO_TRY(const std::optional<int> shortest, fields.integer<int>("shortest", kMostTestAnswers));
  MENO_TRY(const std::optional<int> longest, fields.integer<int>("longest", kMostTestAnswers));
  MENO_TRY(const std::optional<double> precision, fields.number("precision", 10.0));
  ask.rules.longest = longest.value_or(ask.rules.longest);
  ask.rules.shortest = shortest.value_or(std::min(ask.rules.shortest, ask.rules.longest));
  ask.rules.precision = precision.value_or(ask.rules.precision);
  return ask;
}

Result<RecordAnswer> decode_answer(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kAnswerFields));
  RecordAnswer ask;
  MENO_TRY(ask.event_id, fields.required_text("event_id", kLongestId));
  MENO_TRY(ask.course_id, fields.required_text("course_id", kLongestId));
  MENO_TRY(ask.student_id, fields.required_text("student_id", kLongestId));
  MENO_TRY(ask.item_id, fields.required_text("item_id", kLongestId));
  MENO_TRY(ask.variant,
           fields.integer<std::uint32_t>("variant", std::numeric_limits<std::int32_t>::max()));
  MENO_TRY(ask.response, fields.text("response", kLongestResponse));
  MENO_TRY(ask.correct, fields.boolean("correct"));
  MENO_TRY(const std::optional<std::string> at, fields.text("answered_at", kLongestId));
  if (at) {
    MENO_TRY(ask.answered_at, parse_iso_time(*at, "answered_at"));
  }
  MENO_TRY(ask.response_ms, fields.integer<std::int32_t>("response_ms", kLongestResponseMs));
  MENO_TRY(ask.hints_used, fields.integer<std::int32_t>("hints_used", kMostHints));
  if (ask.response.has_value() == ask.correct.has_value()) {
    return invalid_input(
        fmt::format("the answer has {} of \"response\" and \"correct\", expected exactly one",
                    ask.response ? "both" : "neither"));
  }
  return ask;
}

Result<AnswerLines> decode_answers(std::string_view body) {
  AnswerLines lines;
  std::string line;
  for (std::size_t number = 1; !body.empty(); ++number) {
    line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(body.size(), line.size() + 1));
    if (line.empty() || line == "\r") continue;
    if (lines.answers.size() + lines.refused.size() == kMostAnswers) {
      return invalid_input(
          fmt::format("the body has more than {} answers, expected at most so many", kMostAnswers));
    }
    Result<RecordAnswer> answer = decode_answer(line);
    if (answer) {
      lines.answers.emplace_back(number, *std::move(answer));
    } else {
      lines.refused.push_back({.line = number, .error = answer.error()});
    }
  }
  if (lines.answers.empty() && lines.refused.empty())
    return invalid_input("the body has no answer, expected one a line");
  return lines;
}

Result<EnrolStudent> decode_student(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kStudentFields));
  EnrolStudent ask;
  MENO_TRY(ask.id, fields.text("id", kLongestId));
  MENO_TRY(ask.display_name, fields.required_text("display_name", kLongestName));
  MENO_TRY(std::optional<std::string> class_id, fields.text("class_id", kLongestId));
  ask.class_id = class_id.value_or("");
  return ask;
}

Result<std::string> decode_version(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kVersionFields));
  return fields.required_text("version", kLongestId);
}

Result<RecordFeedback> decode_feedback(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kFeedbackFields));
  RecordFeedback ask;
  MENO_TRY(ask.event_id, fields.required_text("event_id", kLongestId));
  MENO_TRY(ask.course_id, fields.required_text("course_id", kLongestId));
  MENO_TRY(ask.student_id, fields.required_text("student_id", kLongestId));
  MENO_TRY(ask.item_id, fields.required_text("item_id", kLongestId));
  MENO_TRY(ask.kind, fields.required_text("kind", kLongestId));
  MENO_TRY(const std::optional<std::string> at, fields.text("given_at", kLongestId));
  if (at) {
    MENO_TRY(ask.given_at, parse_iso_time(*at, "given_at"));
  }
  return ask;
}

Result<SignIn> decode_sign_in(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kSignInFields));
  SignIn ask;
  MENO_TRY(ask.account_id, fields.required_text("account_id", kLongestId));
  MENO_TRY(ask.password, fields.required_text("password", kLongestPassword));
  return ask;
}

Result<AddAccount> decode_account(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kAccountFields));
  AddAccount ask;
  MENO_TRY(ask.id, fields.required_text("id", kLongestId));
  MENO_TRY(ask.role, fields.required_text("role", kLongestId));
  const std::pair<std::string_view, std::string*> optional[] = {
      {"display_name", &ask.display_name}, {"school_id", &ask.school_id},
      {"student_id", &ask.student_id},     {"course_id", &ask.course_id},
      {"class_id", &ask.class_id},         {"password", &ask.password}};
  for (const auto& [name, place] : optional) {
    MENO_TRY(std::optional<std::string> text, fields.text(name, kLongestName));
    *place = std::move(text).value_or("");
  }
  return ask;
}

Result<std::optional<double>> decode_preferences(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kPreferencesFields));
  return fields.number_or_null("target");
}

Result<AddKey> decode_key(std::string& body) {
  constexpr std::int64_t kMostDays = 36'500;
  MENO_TRY(const Fields fields, Fields::parse(body, kKeyFields));
  AddKey ask;
  MENO_TRY(ask.id, fields.required_text("id", kLongestId));
  MENO_TRY(ask.scopes, fields.required_text("scopes", kLongestId));
  MENO_TRY(std::optional<std::string> school, fields.text("school_id", kLongestId));
  ask.school_id = std::move(school).value_or("");
  MENO_TRY(const std::optional<std::int32_t> days, fields.integer<std::int32_t>("days", kMostDays));
  ask.days = days.value_or(0);
  return ask;
}

Result<BodyTarget> decode_target(std::string& body) {
  thread_local simdjson::dom::parser parser;
  body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  simdjson::dom::element document;
  simdjson::dom::object object;
  if (parser.parse(body.data(), body.size(), false).get(document) != simdjson::SUCCESS ||
      document.get_object().get(object) != simdjson::SUCCESS) {
    return invalid_input("the body is not valid JSON, expected one object");
  }
  BodyTarget target;
  for (const auto field : object) {
    std::string* const place = field.key == "course_id"    ? &target.course_id
                               : field.key == "student_id" ? &target.student_id
                                                           : nullptr;
    if (place == nullptr) continue;
    std::string_view text;
    if (!place->empty() || field.value.get_string().get(text) != simdjson::SUCCESS ||
        text.empty()) {
      return invalid_input(
          fmt::format("\"{}\" is given twice, empty or no text, expected one id", field.key));
    }
    *place = text;
  }
  return target;
}

}  // namespace meno
