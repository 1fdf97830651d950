// meno school and meno class: where people learn, and who is in which class.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "service/accounts/roster.h"

namespace meno {
namespace {

constexpr const char* kActor = "command line";

struct RosterArguments {
  std::string action;
  std::string store;
  StoredSchool school;
  StoredClass members;
};

void add_common_options(CLI::App& app, RosterArguments& arguments) {
  app.add_option("action", arguments.action, "add or list")
      ->required()
      ->check(CLI::IsMember({"add", "list"}));
  app.add_option("--store", arguments.store, "the store, as for meno serve")->required();
}

Result<Json> run_school(RosterArguments& arguments) {
  MENO_TRY(const std::unique_ptr<Store> store, open_store(arguments.store));
  StoredSchool& school = arguments.school;
  if (arguments.action == "add") {
    if (school.id.empty()) return invalid_input("--id is missing, expected the school's id");
    MENO_TRY_DONE(add_school(*store, SystemClock(), school, kActor));
  }
  MENO_TRY(const std::vector<StoredSchool> schools, store->roster().schools());
  Json rows = Json::array();
  for (const StoredSchool& one : schools) {
    rows.push_back({{"id", one.id}, {"name", one.name}, {"organisation", one.organisation_id}});
  }
  return Json{{"schools", rows}};
}

Result<Json> run_class(RosterArguments& arguments) {
  MENO_TRY(const std::unique_ptr<Store> store, open_store(arguments.store));
  StoredClass& members = arguments.members;
  if (arguments.action == "add") {
    if (members.id.empty() || members.school_id.empty())
      return invalid_input("--id or --school is missing, expected both");
    MENO_TRY_DONE(add_to_class(*store, SystemClock(), members, kActor));
  }
  MENO_TRY(const std::vector<StoredClass> classes, store->roster().classes());
  Json rows = Json::array();
  for (const StoredClass& one : classes) {
    rows.push_back({{"id", one.id},
                    {"school", one.school_id},
                    {"name", one.name},
                    {"courses", one.courses},
                    {"teachers", one.teachers},
                    {"students", one.students.size()}});
  }
  return Json{{"classes", rows}};
}

std::string text_of_schools(const Json& document) {
  std::string text = fmt::format("{} schools", document["schools"].size());
  for (const Json& school : document["schools"]) {
    text +=
        fmt::format("\n{}  {}", school["id"].get<std::string>(), school["name"].get<std::string>());
  }
  return text;
}

std::string text_of_classes(const Json& document) {
  std::string text = fmt::format("{} classes", document["classes"].size());
  for (const Json& row : document["classes"]) {
    text += fmt::format("\n{}  of {}: {} courses, {} teachers, {} students",
                        row["id"].get<std::string>(), row["school"].get<std::string>(),
                        row["courses"].size(), row["teachers"].size(),
                        row["students"].get<std::size_t>());
  }
  return text;
}

}  // namespace

int school_command(int argc, const char* const* argv) {
  RosterArguments arguments;
  Invocation call("school", "Schools: meno school add --store school.db --id north --name North.");
  add_common_options(call.app(), arguments);
  call.app().add_option("--id", arguments.school.id, "the school's id");
  call.app().add_option("--name", arguments.school.name, "its name (default: the id)");
  call.app().add_option("--organisation", arguments.school.organisation_id,
                        "whose school it is, made when new (default: its own)");
  return call.run(
      argc, argv, [&] { return run_school(arguments); }, &text_of_schools);
}

int class_command(int argc, const char* const* argv) {
  RosterArguments arguments;
  Invocation call("class",
                  "Classes and their members: meno class add --store school.db --school north --id "
                  "7a --courses maths --teachers ann --students bo,cy. A class that is there gets "
                  "them as well.");
  add_common_options(call.app(), arguments);
  StoredClass& members = arguments.members;
  call.app().add_option("--id", members.id, "the class's id");
  call.app().add_option("--school", members.school_id, "its school's id");
  call.app().add_option("--name", members.name, "its name (default: the id)");
  call.app().add_option("--courses", members.courses, "courses it works on")->delimiter(',');
  call.app().add_option("--teachers", members.teachers, "teachers' accounts")->delimiter(',');
  call.app().add_option("--students", members.students, "students' ids")->delimiter(',');
  return call.run(
      argc, argv, [&] { return run_class(arguments); }, &text_of_classes);
}

}  // namespace meno
