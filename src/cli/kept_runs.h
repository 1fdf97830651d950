// What commands share that look at a store together with the runs that served it.
#pragma once

#include <memory>
#include <string>

#include "cli/arguments.h"
#include "cli/served.h"
#include "service/course_versions.h"

namespace meno {

struct KeptRunsArguments {
  std::string store;
  std::string run;   // that the server is given; "": models/universal near the program
  std::string runs;  // "": as meno serve
};

/// Adds --store, --run and --runs.
void add_kept_runs_options(CLI::App& app, KeptRunsArguments& arguments);

/// Everything in the order in which it needs one another. Does not move once opened.
struct KeptRuns {
  Run run;
  std::unique_ptr<const OnlineModel> model;
  std::unique_ptr<Store> store;
  SystemClock clock;
  std::unique_ptr<Services> services;
  std::unique_ptr<CourseVersions> versions;
};

/// Opens the store, with no course under any run yet. Errors: NotFound for a store that is not
/// there; those of the run and the store.
Result<Done> open_kept_runs(const KeptRunsArguments& arguments, KeptRuns& kept);

}  // namespace meno
