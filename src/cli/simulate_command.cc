// meno simulate: simulated students fitted to a dataset, as JSON Lines.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "service/simulate_students.h"

namespace meno {
namespace {

std::string text_of(const Json& made) {
  return fmt::format(
      "{}: {} simulated students of family {}, {} answers, {:.1f} % right; no "
      "person's answers",
      made.at("out").get<std::string>(), made.at("students").get<int>(),
      made.at("family").get<std::string>(), made.at("answers").get<std::size_t>(),
      100.0 * made.at("p_correct").get<double>());
}

}  // namespace

int simulate_command(int argc, const char* const* argv) {
  SimulateStudents ask;
  bool stay = false;
  Invocation call("simulate",
                  "Simulated students, fitted to a dataset, answer its questions; every line they "
                  "write is marked as simulated.");
  CLI::App& app = call.app();
  app.add_option("--data", ask.data, "the dataset folder that they are fitted on")->required();
  app.add_option("--out", ask.out, "the .jsonl file to write")->required();
  app.add_option("--family", ask.family, "additive, states, memory, gru or evidence")
      ->capture_default_str();
  app.add_option("--policy", ask.policy,
                 "who chooses the questions, e.g. plan or zpdes (default: the order of real "
                 "records)");
  app.add_option("--students", ask.students, "how many")->capture_default_str();
  app.add_option("--answers", ask.answers, "of one student at most")->capture_default_str();
  app.add_flag("--stay", stay, "students do not drop out");
  app.add_option("--fitted", ask.fitted, "real students that are learnt from, at most")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--epochs", ask.epochs, "of fitting")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--threads", ask.threads, "0: all cores")->capture_default_str();
  app.add_option("--seed", ask.seed, "of everything random")->capture_default_str();
  catch_interrupts();
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        ask.drop_out = !stay;
        return simulate_students(ask);
      },
      &text_of);
}

}  // namespace meno
