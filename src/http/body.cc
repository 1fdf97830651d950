// What requests say, decoded.
#include "http/body.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/iso_time.h"
#include "http/fields.h"

namespace meno {
namespace {

constexpr std::size_t kLongestResponse = 1000;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestPassword = 1000;
/// A day; longer thinking times are clocks gone wrong.
constexpr std::int64_t kLongestResponseMs = 86'400'000;
constexpr std::int64_t kMostHints = 1000;

constexpr std::array<std::string_view, 10> kAnswerFields = {
    "event_id", "course_id", "student_id",  "item_id",     "variant",
    "response", "correct",   "answered_at", "response_ms", "hints_used"};
constexpr std::array<std::string_view, 3> kStudentFields = {"id", "display_name", "class_id"};
constexpr std::array<std::string_view, 8> kAccountFields = {
    "id", "role", "display_name", "school_id", "student_id", "course_id", "class_id", "password"};
constexpr std::array<std::string_view, 4> kSchoolFields = {"id", "name", "organisation_id",
                                                           "organisation_name"};
constexpr std::array<std::string_view, 6> kClassFields = {"id",      "school_id", "name",
                                                          "courses", "teachers",  "students"};
/// Of one kind: a school's year is smaller.
constexpr std::size_t kMostMembers = 1000;
constexpr std::array<std::string_view, 4> kKeyFields = {"id", "scopes", "school_id", "days"};
constexpr std::array<std::string_view, 2> kSignInFields = {"account_id", "password"};
constexpr std::array<std::string_view, 1> kVersionFields = {"version"};
constexpr std::array<std::string_view, 6> kFeedbackFields = {"event_id", "course_id", "student_id",
                                                             "item_id",  "kind",      "given_at"};
constexpr std::array<std::string_view, 11> kRulesFields = {"allowed_skills", "forbidden_skills",
                                                           "allowed_items",  "forbidden_items",
                                                           "order",          "due",
                                                           "repeat_gap",     "target",
                                                           "exploration",    "resources",
                                                           "order_attempts"};
constexpr std::array<std::string_view, 1> kPreferencesFields = {"target"};

}  // namespace

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
  MENO_TRY(ask.class_id, fields.text_or_empty("class_id", kLongestId));
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
  MENO_TRY(ask.display_name, fields.text_or_empty("display_name", kLongestName));
  MENO_TRY(ask.school_id, fields.text_or_empty("school_id", kLongestId));
  MENO_TRY(ask.student_id, fields.text_or_empty("student_id", kLongestId));
  MENO_TRY(ask.course_id, fields.text_or_empty("course_id", kLongestId));
  MENO_TRY(ask.class_id, fields.text_or_empty("class_id", kLongestId));
  MENO_TRY(ask.password, fields.text_or_empty("password", kLongestName));
  return ask;
}

Result<StoredSchool> decode_school(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kSchoolFields));
  StoredSchool school;
  MENO_TRY(school.id, fields.required_text("id", kLongestId));
  MENO_TRY(school.name, fields.text_or_empty("name", kLongestName));
  MENO_TRY(school.organisation_id, fields.text_or_empty("organisation_id", kLongestId));
  MENO_TRY(school.organisation_name, fields.text_or_empty("organisation_name", kLongestName));
  return school;
}

Result<StoredClass> decode_class(std::string& body) {
  MENO_TRY(const Fields fields, Fields::parse(body, kClassFields));
  StoredClass members;
  MENO_TRY(members.id, fields.required_text("id", kLongestId));
  MENO_TRY(members.school_id, fields.text_or_empty("school_id", kLongestId));
  MENO_TRY(members.name, fields.text_or_empty("name", kLongestName));
  MENO_TRY(members.courses, fields.ids("courses", kMostMembers));
  MENO_TRY(members.teachers, fields.ids("teachers", kMostMembers));
  MENO_TRY(members.students, fields.ids("students", kMostMembers));
  return members;
}

Result<Done> check_rules_fields(std::string& body) {
  MENO_TRY_DONE(Fields::parse(body, kRulesFields));
  return Done{};
}

Result<Done> check_resources_fields(std::string& body) {
  constexpr std::array<std::string_view, 1> kResourcesFields = {"resources"};
  constexpr std::size_t kMostResources = 10'000;
  MENO_TRY(const Fields fields, Fields::parse(body, kResourcesFields));
  if (fields.find("resources") == nullptr)
    return invalid_input("\"resources\" is missing, expected a list");
  MENO_TRY_DONE(fields.list("resources", kMostResources));
  return Done{};
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
  MENO_TRY(ask.school_id, fields.text_or_empty("school_id", kLongestId));
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
