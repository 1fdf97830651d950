// meno resources: what can be read, watched or done in a course beside its items.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/served.h"
#include "core/files.h"
#include "core/json.h"
#include "service/course_resources.h"

namespace meno {
namespace {

struct Arguments {
  std::string action;
  std::string file;
  ServedArguments served;
};

Result<Json> run(const Arguments& arguments, Served& served) {
  MENO_TRY_DONE(open_served(arguments.served, served));
  Services& services = *served.services;
  if (arguments.action != "list") {
    std::vector<CourseResource> resources;
    if (arguments.action == "set") {
      if (arguments.file.empty())
        return invalid_input("no file is named, expected one that lists the resources");
      MENO_TRY(const std::string text, read_file(arguments.file));
      MENO_TRY(resources, read_resources(text, arguments.file));
    }
    MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(served.course));
    MENO_TRY_DONE(services.guidance.set_resources(course, resources, services.clock.now()));
  }
  MENO_TRY(const std::vector<CourseResource> kept, services.guidance.resources(served.course));
  Json document = resources_json(kept);
  document["course"] = served.course;
  return document;
}

std::string text_of(const Json& document) {
  const Json& resources = document.at("resources");
  std::string text =
      fmt::format("{} resources in {}", resources.size(), document.at("course").get<std::string>());
  for (const Json& one : resources) {
    text += fmt::format("\n{}  {}  {:.0f} min  {}", one.at("id").get<std::string>(),
                        one.at("kind").get<std::string>(), one.at("minutes").get<double>(),
                        one.at("title").at("en").get<std::string>());
  }
  return text;
}

}  // namespace

int resources_command(int argc, const char* const* argv) {
  Arguments arguments;
  Served served;
  Invocation call(
      "resources",
      "Readings, videos, worked examples, exercises and projects of a course: list them, "
      "set them from a file (JSON as GET /v1/courses/{id}/resources answers, or a course "
      "graph), or remove them all. No server may have the store open.");
  call.app()
      .add_option("action", arguments.action, "list, set or remove")
      ->required()
      ->check(CLI::IsMember({"list", "set", "remove"}));
  call.app().add_option("file", arguments.file, "set: the file that lists them");
  add_store_options(call.app(), arguments.served);
  return call.run(
      argc, argv, [&] { return run(arguments, served); }, &text_of);
}

}  // namespace meno
