// meno adapt: a run and a few students -> a run of their course.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "service/adapt_run.h"

namespace meno {
namespace {

std::string text_of(const Json& report) {
  return fmt::format(
      "{}: adapted on {} students, {} answers; loss on them {:.4f} before, {:.4f} after; {} blocks "
      "kept, {} fresh",
      report.at("run").get<std::string>(), report.at("students").get<std::size_t>(),
      report.at("answers").get<std::size_t>(), report.at("loss_before").get<double>(),
      report.at("loss_after").get<double>(), report.at("kept").size(), report.at("fresh").size());
}

}  // namespace

int adapt_command(int argc, const char* const* argv) {
  Invocation call("adapt",
                  "Adapt a run to a course from a few of its students, by the inner loop of the "
                  "run's learner.");
  AdaptRun ask;
  std::vector<std::string> learner_set;
  call.app().add_option("run", ask.run, "the run folder to start from")->required();
  call.app().add_option("dataset", ask.data, "the dataset folder of the course")->required();
  call.app().add_option("--out", ask.out, "the run folder to make")->required();
  call.app()
      .add_option("--students", ask.students, "how many students to adapt on")
      ->capture_default_str();
  call.app().add_option("--seed", ask.seed, "draws the students")->capture_default_str();
  call.app().add_option("--learner-set", learner_set,
                        "an inner-loop option over the run's, e.g. inner_steps=20");
  const auto body = [&]() -> Result<Json> {
    MENO_TRY(ask.learner_options, parse_options(learner_set));
    return adapt_run(ask);
  };
  return call.run(argc, argv, body, &text_of);
}

}  // namespace meno
