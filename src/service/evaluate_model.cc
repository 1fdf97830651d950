#include "service/evaluate_model.h"

#include <chrono>
#include <ctime>
#include <thread>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>

#include "core/files.h"
#include "core/json.h"
#include "domain/dataset.h"
#include "eval/evaluation_json.h"
#include "eval/report/evaluation_report.h"

namespace meno {
namespace {

/// "2 cores, Linux 6.1.0": no host name, for reports are passed on.
std::string machine_line() {
  utsname system{};
  const bool known = uname(&system) == 0;
  return fmt::format("{} cores, {} {}", std::thread::hardware_concurrency(),
                     known ? system.sysname : "unknown system", known ? system.release : "");
}

std::string iso_time(TimePoint at) {
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

std::string dataset_name(const Dataset& dataset) {
  const Json& manifest = dataset.manifest();
  return manifest.contains("name") && manifest.at("name").is_string()
             ? manifest.at("name").get<std::string>()
             : dataset.course().name;
}

}  // namespace

Result<Json> evaluate_model(const EvaluateModel& ask, const Clock& clock) {
  MENO_TRY(const Language language, language_of(ask.language));
  MENO_TRY(const Dataset dataset, Dataset::open(ask.dataset));
  const SplitSource source = split_source(dataset);
  MENO_TRY(const Evaluation evaluation,
           evaluate(dataset.course(), source, dataset.hash(), ask.plan));
  if (!ask.report.empty()) {
    const RunFacts facts{.command = ask.command,
                         .dataset = dataset_name(dataset),
                         .machine = machine_line(),
                         .made_at = iso_time(clock.now())};
    MENO_TRY_DONE(write_file_atomically(
        ask.report, evaluation_report(evaluation, dataset.course(), source, facts, language)));
  }
  if (!ask.predictions.empty()) {
    const auto name_of = [&](StudentId student) -> const std::string& {
      return dataset.student_name(student);
    };
    MENO_TRY_DONE(write_file_atomically(ask.predictions, predictions_csv(evaluation, name_of)));
  }
  return to_json(evaluation);
}

}  // namespace meno
