#include "cli/served.h"

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/near_program.h"
#include "domain/dataset.h"
#include "service/fill_store.h"
#include "service/store_dataset.h"

namespace meno {
namespace {

Result<Run> run_of(const ServedArguments& arguments) {
  if (!arguments.run.empty()) return load_run(arguments.run);
  if (!is_in_a_file(arguments.store)) return load_universal_prior();
  const std::filesystem::path beside = std::filesystem::path(arguments.store).parent_path() / "run";
  std::error_code ignored;
  if (std::filesystem::exists(beside / "model.json", ignored)) return load_run(beside);
  return load_universal_prior();
}

Result<std::string> course_of(Served& served, const std::string& asked) {
  if (!asked.empty()) return asked;
  MENO_TRY(const std::vector<CourseSummary> courses, served.store->courses().list());
  if (courses.empty())
    return not_found("the store holds no course, expected one (--data DATASET puts one in)");
  if (courses.size() == 1) return courses.front().id;
  std::vector<std::string> ids;
  for (const CourseSummary& course : courses) ids.push_back(course.id);
  return invalid_input(fmt::format("the store holds {} courses, expected --course with one of: {}",
                                   ids.size(), fmt::join(ids, ", ")));
}

}  // namespace

std::string runs_folder(const std::string& store, const std::string& asked) {
  if (!asked.empty()) return asked;
  return runs_beside(store);
}

void add_store_options(CLI::App& app, ServedArguments& arguments) {
  app.add_option("--store", arguments.store,
                 "the SQLite file of the store, or postgres://user:password@host:port/database")
      ->required();
  app.add_option("--run", arguments.run,
                 "the folder of the run (default: run beside the store, else models/universal near "
                 "the program)");
  app.add_option("--data", arguments.data,
                 "a dataset whose course, students and answers the store gets first, unless it has "
                 "them");
  app.add_option("--course", arguments.course, "the course, where the store holds several");
}

void add_served_options(CLI::App& app, ServedArguments& arguments) {
  add_store_options(app, arguments);
  app.add_option("--student", arguments.student, "the student's id")->required();
}

Result<Done> open_served(const ServedArguments& arguments, Served& served) {
  if (arguments.data.empty() && !store_is_there(arguments.store))
    return not_found(fmt::format("no store {}, expected a file that meno serve or meno demo made",
                                 arguments.store));
  MENO_TRY(served.run, run_of(arguments));
  served.model = served.run.model->online(served.run.theta);
  MENO_TRY(served.store, open_store(arguments.store));
  std::string course = arguments.course;
  if (!arguments.data.empty()) {
    MENO_TRY(const Dataset dataset, Dataset::open(arguments.data));
    MENO_TRY(const std::string stored, store_dataset(*served.store, dataset, served.clock.now()));
    if (course.empty()) course = stored;
  }
  MENO_TRY_DONE(fill_store(*served.store, served.run));
  MENO_TRY(served.course, course_of(served, course));
  served.services =
      std::make_unique<Services>(*served.store, served.run, *served.model, served.clock);
  return Done{};
}

}  // namespace meno
