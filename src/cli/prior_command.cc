// meno prior: datasets -> a run for courses never seen.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "service/make_prior.h"

namespace meno {
namespace {

std::string text_of(const Json& report) {
  return fmt::format("{}: learnt from {} sources in {:.0f} s; meno adapt makes it a course's own",
                     report.at("run").get<std::string>(), report.at("sources").size(),
                     report.at("train_seconds").get<double>());
}

}  // namespace

int prior_command(int argc, const char* const* argv) {
  Invocation call(
      "prior",
      "Learn a run for courses never seen: from many small courses drawn from datasets, "
      "and made-up ones.");
  MakePrior ask;
  ask.prior.training.threads = 0;
  std::vector<std::string> set;
  TrainOptions& training = ask.prior.training;
  call.app().add_option("sources", ask.sources, "dataset folders to learn from")->required();
  call.app().add_option("--out", ask.out, "the run folder to make")->required();
  call.app().add_option("--set", set, "an option of the model, name=value; may be repeated");
  call.app().add_option("--epochs", training.epochs, "of drawn courses")->capture_default_str();
  call.app()
      .add_option("--rows", ask.prior.courses.rows, "answers of an epoch, about")
      ->capture_default_str();
  call.app()
      .add_option("--simulated", ask.prior.courses.p_synthetic, "share of made-up courses")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  call.app().add_option("--seed", training.seed, "of everything random")->capture_default_str();
  call.app().add_option("--threads", training.threads, "0: all cores")->capture_default_str();
  const auto body = [&]() -> Result<Json> {
    MENO_TRY(ask.model_options, parse_options(set));
    catch_interrupts();
    return make_prior(ask);
  };
  return call.run(argc, argv, body, &text_of);
}

}  // namespace meno
