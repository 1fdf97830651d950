// The body of POST /v1/tests.
#include "http/body.h"
#include "http/fields.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 19> kTestFields = {
    "course_id", "student_id",   "skills",      "answers",     "known",     "elapsed_s", "end",
    "shortest",  "longest",      "precision",   "seconds",     "cut",       "classify",  "exposure",
    "seed",      "indifference", "error_below", "error_above", "among_best"};
constexpr std::size_t kMostTestAnswers = 200;
constexpr double kLongestTestS = 86'400.0;
constexpr std::size_t kMostTestSkills = 1000;

Result<Done> decode_test_lists(const Fields& fields, TestStepAsk& ask) {
  MENO_TRY(ask.skills, fields.ids("skills", kMostTestSkills));
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

Result<Done> decode_classification(const Fields& fields, TestRules& rules) {
  MENO_TRY(rules.cut, fields.number("cut", 5.0, -5.0));
  MENO_TRY(const std::optional<std::string> classify, fields.text("classify", kLongestId));
  if (classify) {
    const std::optional<Classify> found = find_classify(*classify);
    if (!found) return invalid_input("\"classify\" is no rule, expected band, sprt or glr");
    rules.classify = *found;
  }
  MENO_TRY(const std::optional<double> region, fields.number("indifference", 5.0));
  MENO_TRY(const std::optional<double> below, fields.number("error_below", 0.5));
  MENO_TRY(const std::optional<double> above, fields.number("error_above", 0.5));
  rules.indifference = region.value_or(rules.indifference);
  rules.error_below = below.value_or(rules.error_below);
  rules.error_above = above.value_or(rules.error_above);
  return Done{};
}

Result<Done> decode_test_rules(const Fields& fields, TestStepAsk& ask) {
  constexpr int kMostAmong = 1000;
  TestRules& rules = ask.rules;
  MENO_TRY(const std::optional<int> shortest, fields.integer<int>("shortest", kMostTestAnswers));
  MENO_TRY(const std::optional<int> longest, fields.integer<int>("longest", kMostTestAnswers));
  MENO_TRY(const std::optional<double> precision, fields.number("precision", 10.0));
  MENO_TRY(const std::optional<double> seconds, fields.number("seconds", kLongestTestS));
  MENO_TRY(const std::optional<double> exposure, fields.number("exposure", 1.0));
  MENO_TRY(const std::optional<int> among, fields.integer<int>("among_best", kMostAmong));
  MENO_TRY(const std::optional<std::int32_t> seed,
           fields.integer<std::int32_t>("seed", std::numeric_limits<std::int32_t>::max()));
  rules.longest = longest.value_or(rules.longest);
  rules.shortest = shortest.value_or(std::min(rules.shortest, rules.longest));
  rules.precision = precision.value_or(rules.precision);
  rules.longest_s = seconds.value_or(rules.longest_s);
  rules.exposure = exposure.value_or(rules.exposure);
  rules.among_best = among.value_or(rules.among_best);
  ask.seed = static_cast<std::uint64_t>(seed.value_or(0));
  return decode_classification(fields, rules);
}

}  // namespace

Result<TestStepAsk> decode_test(std::string& body) {
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
  MENO_TRY_DONE(decode_test_rules(fields, ask));
  return ask;
}

}  // namespace meno
