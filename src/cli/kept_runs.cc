#include "cli/kept_runs.h"

#include <fmt/format.h>

#include "cli/near_program.h"

namespace meno {

void add_kept_runs_options(CLI::App& app, KeptRunsArguments& arguments) {
  app.add_option("--store", arguments.store,
                 "a store that no server has open: a SQLite file, or "
                 "postgres://user:password@host:port/database")
      ->required();
  app.add_option("--run", arguments.run,
                 "the folder of the run that meno serve is given (default: models/universal near "
                 "the program)");
  app.add_option("--runs", arguments.runs,
                 "the folder where meno serve keeps runs (default: STORE.runs beside a SQLite "
                 "file, meno.runs with PostgreSQL)");
}

Result<Done> open_kept_runs(const KeptRunsArguments& arguments, KeptRuns& kept) {
  if (!store_is_there(arguments.store))
    return not_found(fmt::format("no store {}, expected a file that meno serve or meno demo made",
                                 arguments.store));
  MENO_TRY(kept.run, arguments.run.empty() ? load_universal_prior() : load_run(arguments.run));
  kept.model = kept.run.model->online(kept.run.theta);
  MENO_TRY(kept.store, open_store(arguments.store));
  kept.services = std::make_unique<Services>(*kept.store, kept.run, *kept.model, kept.clock);
  kept.services->keep_recommendations = false;
  kept.versions = std::make_unique<CourseVersions>(*kept.services,
                                                   runs_folder(arguments.store, arguments.runs));
  kept.services->versions = kept.versions.get();
  return Done{};
}

}  // namespace meno
