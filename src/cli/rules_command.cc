// meno rules: what teachers have laid down for a course, or for one student in it.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/served.h"
#include "core/files.h"
#include "core/json.h"

namespace meno {
namespace {

struct Arguments {
  std::string action;
  std::vector<std::string> what;  // set: one document, or the file that has it; remove: fields
  ServedArguments served;
};

/// The document itself, or what the file of that name holds.
Result<Json> given(const Arguments& arguments) {
  if (arguments.what.size() != 1)
    return invalid_input(
        fmt::format("{} documents, expected one: the rules to set as JSON, or the "
                    "file that holds them",
                    arguments.what.size()));
  std::string text = arguments.what.front();
  if (!text.starts_with("{")) {
    MENO_TRY(text, read_file(text));
  }
  MENO_TRY_DONE(parse_rules(text));
  return parse_json(text, "the rules");
}

/// What is set already, changed.
Result<TeachingRules> changed(const Arguments& arguments, const TeachingRules& rules) {
  Json document = rules_json(rules);
  if (arguments.action == "set") {
    MENO_TRY(const Json fields, given(arguments));
    document.update(fields);
  } else if (arguments.what.empty()) {
    document = Json::object();
  }
  for (const std::string& field : arguments.what) {
    if (arguments.action != "remove") break;
    if (!document.contains(field))
      return invalid_input(
          fmt::format("the rule \"{}\" is not known, expected one of those that "
                      "meno rules list shows",
                      field));
    document.erase(field);
  }
  return parse_rules(document.dump());
}

Result<Json> run(const Arguments& arguments, Served& served) {
  MENO_TRY_DONE(open_served(arguments.served, served));
  Services& services = *served.services;
  const std::string& student = arguments.served.student;
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(served.course));
  if (!student.empty()) {
    MENO_TRY_DONE(services.students.find(course, student));
  }
  MENO_TRY(TeachingRules rules, services.guidance.rules(served.course, student));
  if (arguments.action != "list") {
    MENO_TRY(rules, changed(arguments, rules));
    MENO_TRY_DONE(services.guidance.set_rules(course, student, rules, services.clock.now()));
  }
  return Json{{"course", served.course},
              {"student", student.empty() ? Json() : Json(student)},
              {"rules", rules_json(rules)}};
}

std::string text_of(const Json& document) {
  const bool whole = document.at("student").is_null();
  std::string text =
      whole ? fmt::format("rules of {}", document.at("course").get<std::string>())
            : fmt::format("rules of {} for {}", document.at("course").get<std::string>(),
                          document.at("student").get<std::string>());
  std::size_t set = 0;
  const Json& rules = document.at("rules");
  for (const auto& [name, value] : rules.items()) {
    if (value.is_null() || (value.is_array() && value.empty())) continue;
    text += fmt::format("\n{}: {}", name, value.dump());
    ++set;
  }
  return set == 0 ? text + ": none" : text;
}

}  // namespace

int rules_command(int argc, const char* const* argv) {
  Arguments arguments;
  Served served;
  Invocation call(
      "rules",
      "Teachers' rules of a course, or with --student of one student in it: list them; "
      "set '{\"order\":[\"a\",\"b\"]}' (those fields, the others stay) or a file; remove "
      "FIELD… (all, where none is named). No server may have the store open.");
  call.app()
      .add_option("action", arguments.action, "list, set or remove")
      ->required()
      ->check(CLI::IsMember({"list", "set", "remove"}));
  call.app().add_option("what", arguments.what,
                        "set: rules as JSON, or a file with them; remove: names of rules");
  add_store_options(call.app(), arguments.served);
  call.app().add_option("--student", arguments.served.student, "rules for this student alone");
  return call.run(
      argc, argv, [&] { return run(arguments, served); }, &text_of);
}

}  // namespace meno
