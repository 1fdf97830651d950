// meno benchmark PROBLEM: learners and baselines side by side on a problem of the field.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "service/benchmark_sinusoid.h"

namespace meno {
namespace {

std::string cell(const Json& row, const char* steps) {
  const Json& mean = row.at("mse").at(steps);
  const Json& half = row.at("mse_half_width").at(steps);
  if (!mean.is_number()) return "–";
  return fmt::format("{:.3f} ± {:.3f}", mean.get<double>(), half.get<double>());
}

std::string sinusoid_text(const Json& document) {
  std::string text = fmt::format("{:<16} {:>5} {:>15} {:>15} {:>15} {:>9} {:>8}\n", "learner",
                                 "shots", "1 step", "5 steps", "10 steps", "tasks/s", "seconds");
  for (const Json& row : document.at("rows")) {
    text += fmt::format("{:<16} {:>5} {:>15} {:>15} {:>15} {:>9.0f} {:>8.1f}\n",
                        row.at("learner").get<std::string>(), row.at("shots").get<int>(),
                        cell(row, "1"), cell(row, "5"), cell(row, "10"),
                        row.at("tasks_per_second").get<double>(), row.at("seconds").get<double>());
  }
  return text + "mean squared error on new tasks, with its 95 % interval over tasks\n";
}

}  // namespace

int benchmark_command(int argc, const char* const* argv) {
  Invocation call("benchmark", "Learners and baselines side by side on a problem of the field.");
  std::string problem;
  SinusoidPlan plan;
  CLI::App& app = call.app();
  app.add_option("problem", problem, "sinusoid")->required();
  app.add_option("--learners", plan.learners, "e.g. maml,meta-sgd; all if absent")->delimiter(',');
  app.add_option("--shots", plan.shots, "points of a task's support")->capture_default_str();
  app.add_option("--seed", plan.seed, "of the network, the tasks and the points")
      ->capture_default_str();
  app.add_option("--steps", plan.steps, "of the outer loop")->capture_default_str();
  app.add_option("--tasks", plan.tasks, "per step")->capture_default_str();
  app.add_option("--rate", plan.rate, "of the outer loop")->capture_default_str();
  app.add_option("--test-tasks", plan.test_tasks, "new tasks to be judged on")
      ->capture_default_str();
  catch_interrupts();
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        if (problem == "sinusoid") return benchmark_sinusoid(plan);
        return invalid_input(fmt::format("benchmark \"{}\", expected one of: sinusoid", problem));
      },
      &sinusoid_text);
}

}  // namespace meno
