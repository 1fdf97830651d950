// meno synthesise: a dataset -> another one of simulated students like its own.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "meta/generative/generator.h"
#include "service/synthesise.h"

namespace meno {
namespace {

std::string text_of(const Json& made) {
  const bool copies = made.at("copies_of_real_answers").get<bool>();
  return fmt::format(
      "{}: {} simulated students with {} answers, {:.1f} % correct, by {} from {} real ones{}",
      made.at("into").get<std::string>(), made.at("students").get<int>(),
      made.at("answers").get<std::uint64_t>(), 100.0 * made.at("p_correct").get<double>(),
      made.at("generator").get<std::string>(), made.at("learnt_from").get<int>(),
      copies ? "\nBeware: these are real students' answers under made-up names." : "");
}

std::string known_generators() {
  std::string known;
  for (const GeneratorEntry& entry : generator_registry())
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  return known;
}

}  // namespace

int synthesise_command(int argc, const char* const* argv) {
  Synthesise ask;
  std::vector<std::string> set;
  Invocation call("synthesise",
                  "Make a dataset of simulated students like the training students of another.");
  CLI::App& app = call.app();
  app.add_option("data", ask.data, "a dataset folder made by meno import")->required();
  app.add_option("--out", ask.out, "the dataset folder to make")->required();
  app.add_option("--generator", ask.generator, known_generators())->capture_default_str();
  app.add_option("--students", ask.students, "to make; 0: as many as are learnt from")
      ->capture_default_str();
  app.add_option("--sources", ask.sources, "other datasets, to learn from how students learn")
      ->delimiter(',');
  app.add_option("--set", set, "an option of the generator, name=value; may be repeated");
  app.add_option("--fold", ask.fold,
                 "which part of the data's split is the test, and not learnt from")
      ->capture_default_str();
  app.add_option("--seed", ask.seed, "of everything random")->capture_default_str();
  const auto body = [&]() -> Result<Json> {
    MENO_TRY(ask.generator_options, parse_options(set));
    catch_interrupts();
    return synthesise(ask);
  };
  return call.run(argc, argv, body, &text_of);
}

}  // namespace meno
