// meno runs: the runs that the courses of a store have, had or may get, and what is to become of
// them. For a store that no server has open; a server answers the same over HTTP.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/kept_runs.h"
#include "core/iso_time.h"
#include "core/json.h"
#include "service/course_monitor.h"

namespace meno {
namespace {

constexpr ChangedBy kBy = {.actor = "command line"};

struct RunsArguments {
  KeptRunsArguments kept;
  std::string action;
  std::string course;
  std::string version;
  double share = 0.2;
};

Json time_json(TimePoint at) { return at == kNoTime ? Json() : Json(iso_time(at)); }

Result<Json> run_json(const ModelRun& run, bool whole) {
  Json json = {{"course", run.course_id},    {"version", run.version},
               {"state", run.state},         {"origin", run.origin},
               {"parent", run.parent},       {"base", run.base},
               {"model", run.model},         {"data_hash", run.data_hash},
               {"simulated", run.simulated}, {"made_at", time_json(run.made_at)},
               {"share", run.share},         {"changed_at", time_json(run.changed_at)}};
  if (!whole) return json;
  MENO_TRY(json["metrics"], parse_json(run.metrics, "metrics of a run"));
  MENO_TRY(json["figures"], parse_json(run.figures, "figures of a run"));
  return json;
}

Result<std::vector<std::string>> courses_of(KeptRuns& kept, const std::string& asked) {
  if (!asked.empty()) return std::vector<std::string>{asked};
  MENO_TRY(const std::vector<CourseSummary> courses, kept.store->courses().list());
  std::vector<std::string> ids;
  for (const CourseSummary& course : courses) ids.push_back(course.id);
  return ids;
}

Result<Json> list(KeptRuns& kept, const RunsArguments& arguments) {
  const bool whole = arguments.action == "show";
  Json report = {{"runs", Json::array()}};
  MENO_TRY(const std::vector<std::string> courses, courses_of(kept, arguments.course));
  for (const std::string& course : courses) {
    MENO_TRY(const std::vector<ModelRun> runs, course_runs(*kept.services, course));
    for (const ModelRun& run : runs) {
      if (whole && run.version != arguments.version) continue;
      MENO_TRY(Json row, run_json(run, whole));
      report["runs"].push_back(std::move(row));
    }
  }
  if (!whole || !report["runs"].empty()) return report;
  return not_found(
      fmt::format("run \"{}\", expected one that meno runs list names", arguments.version));
}

Result<Done> change(KeptRuns& kept, const RunsArguments& arguments) {
  Services& services = *kept.services;
  if (arguments.action == "try")
    return begin_trial(services, arguments.course, arguments.version, arguments.share, kBy);
  if (arguments.action == "rollback") {
    MENO_TRY_DONE(kept.versions->rollback(arguments.course, arguments.version, kBy));
    return Done{};
  }
  return end_trial(services, arguments.course, arguments.version, arguments.action == "promote",
                   kBy);
}

Result<Json> act(KeptRuns& kept, const RunsArguments& arguments) {
  const bool looks = arguments.action == "list" || arguments.action == "show";
  if (!looks && arguments.course.empty())
    return invalid_input("no --course, expected the course whose run is meant");
  if (arguments.action != "list" && arguments.version.empty())
    return invalid_input("no --version, expected one that meno runs list names");
  MENO_TRY_DONE(kept.versions->restore());
  if (!looks) {
    MENO_TRY_DONE(change(kept, arguments));
    RunsArguments all = arguments;
    all.action = "list";
    return list(kept, all);
  }
  return list(kept, arguments);
}

std::string text_of(const Json& report) {
  std::string text;
  for (const Json& run : report.at("runs")) {
    if (!text.empty()) text += '\n';
    text += fmt::format("{}  {:9} {:9} {} from {}", run.at("version").get<std::string>(),
                        run.at("state").get<std::string>(), run.at("origin").get<std::string>(),
                        run.at("course").get<std::string>(),
                        run.at("parent").get<std::string>().empty()
                            ? "nothing"
                            : run.at("parent").get<std::string>());
    if (run.contains("metrics"))
      text += fmt::format("\nmetrics {}\nfigures {}", run.at("metrics").dump(),
                          run.at("figures").dump());
  }
  return text;
}

}  // namespace

int runs_command(int argc, const char* const* argv) {
  RunsArguments arguments;
  KeptRuns kept;
  Invocation call("runs",
                  "The runs that courses have, had or may get: list them, show one, try one out, "
                  "promote or withdraw the one on trial, or roll back to the one before.");
  call.app()
      .add_option("action", arguments.action, "list, show, try, promote, withdraw or rollback")
      ->required()
      ->check(CLI::IsMember({"list", "show", "try", "promote", "withdraw", "rollback"}));
  add_kept_runs_options(call.app(), arguments.kept);
  call.app().add_option("--course", arguments.course, "the course (list, show: default all)");
  call.app().add_option("--version", arguments.version, "the run's version, 12 hex digits");
  call.app()
      .add_option("--share", arguments.share, "of try: of the students whom it serves")
      ->check(CLI::Range(0.01, 0.9))
      ->capture_default_str();
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        MENO_TRY_DONE(open_kept_runs(arguments.kept, kept));
        return act(kept, arguments);
      },
      &text_of);
}

}  // namespace meno
