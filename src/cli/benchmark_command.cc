// meno benchmark PROBLEM: learners and baselines side by side on a problem of the field.
#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/arguments.h"
#include "cli/benchmark_text.h"
#include "core/interrupt.h"
#include "service/benchmark_few_shot.h"
#include "service/benchmark_sinusoid.h"

namespace meno {
namespace {

/// Everything that can be asked; a problem reads what concerns it.
struct Arguments {
  std::string problem;
  SinusoidPlan sinusoid;
  BenchmarkFewShot few_shot;
  std::vector<std::string> model_settings;
  std::vector<std::string> learner_settings;
};

struct Problem {
  std::string name;
  std::function<Result<Json>(Arguments&)> run;
  std::function<std::string(const Json&)> text;
};

Result<Json> few_shot(Arguments& ask) {
  MENO_TRY(ask.few_shot.plan.model_options, parse_options(ask.model_settings));
  MENO_TRY(ask.few_shot.plan.learner_options, parse_options(ask.learner_settings));
  if (ask.few_shot.target.empty()) {
    return invalid_input(
        fmt::format("{} without --target, expected a dataset folder", ask.problem));
  }
  ask.few_shot.plan.problem = ask.problem;
  ask.few_shot.plan.learners = ask.sinusoid.learners;
  ask.few_shot.plan.seed = ask.sinusoid.seed;
  return benchmark_few_shot(ask.few_shot);
}

std::vector<Problem> problems() {
  std::vector<Problem> all{{"sinusoid",
                            [](Arguments& ask) { return benchmark_sinusoid(ask.sinusoid); },
                            &sinusoid_text}};
  for (const std::string& name : few_shot_problems())
    all.push_back({name, &few_shot, &few_shot_text});
  return all;
}

void add_sinusoid_options(CLI::App& app, SinusoidPlan& plan) {
  CLI::App& group = *app.add_option_group("sinusoid");
  group.add_option("--shots", plan.shots, "points of a task's support")->capture_default_str();
  group.add_option("--steps", plan.steps, "of the outer loop")->capture_default_str();
  group.add_option("--tasks", plan.tasks, "per step")->capture_default_str();
  group.add_option("--rate", plan.rate, "of the outer loop")->capture_default_str();
  group.add_option("--test-tasks", plan.test_tasks, "new tasks to be judged on")
      ->capture_default_str();
}

void add_few_shot_options(CLI::App& app, Arguments& ask) {
  FewShotPlan& plan = ask.few_shot.plan;
  CLI::App& group = *app.add_option_group("courses");
  group.add_option("--target", ask.few_shot.target, "a dataset folder made by meno import");
  group.add_option("--answers", plan.answers, "k, given of a student, a skill or an item")
      ->delimiter(',')
      ->capture_default_str();
  group.add_option("--students", plan.students, "maml-kt: how many are trained on")
      ->delimiter(',')
      ->capture_default_str();
  group.add_option("--things", plan.things, "skills or items held out at once")
      ->capture_default_str();
  group.add_option("--repeats", plan.repeats, "each on other test students")->capture_default_str();
  group.add_option("--model", plan.model, "the student model")->capture_default_str();
  group.add_option("--set", ask.model_settings, "model option name=value, may repeat");
  group.add_option("--learner-set", ask.learner_settings,
                   "option name=value of every learner, may repeat");
  group.add_option("--epochs", plan.epochs, "of training the model; 0: its own number")
      ->capture_default_str();
  group.add_option("--meta-epochs", plan.meta_epochs, "of training a learner from there")
      ->capture_default_str();
  group.add_option("--resamples", plan.resamples, "of students, for intervals")
      ->capture_default_str();
  group.add_option("--threads", plan.threads, "0: all cores")->capture_default_str();
}

}  // namespace

int benchmark_command(int argc, const char* const* argv) {
  Invocation call("benchmark", "Learners and baselines side by side on a problem of the field.");
  const std::vector<Problem> all = problems();
  std::vector<std::string> names;
  for (const Problem& problem : all) names.push_back(problem.name);
  Arguments ask;
  CLI::App& app = call.app();
  app.add_option("problem", ask.problem, fmt::format("{}", fmt::join(names, ", ")))->required();
  app.add_option("--learners", ask.sinusoid.learners, "e.g. maml,meta-sgd; the usual if absent")
      ->delimiter(',');
  app.add_option("--seed", ask.sinusoid.seed, "of everything random")->capture_default_str();
  add_sinusoid_options(app, ask.sinusoid);
  add_few_shot_options(app, ask);
  catch_interrupts();
  const auto chosen = [&] {
    return std::find_if(all.begin(), all.end(),
                        [&](const Problem& problem) { return problem.name == ask.problem; });
  };
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        if (chosen() != all.end()) return chosen()->run(ask);
        return invalid_input(fmt::format("benchmark \"{}\", expected one of: {}", ask.problem,
                                         fmt::join(names, ", ")));
      },
      [&](const Json& document) { return chosen()->text(document); });
}

}  // namespace meno
