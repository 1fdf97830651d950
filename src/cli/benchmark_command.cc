// meno benchmark PROBLEM: learners and baselines side by side on a problem of the field.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "service/benchmark_gaussian.h"
#include "service/benchmark_new_course.h"
#include "service/benchmark_sinusoid.h"

namespace meno {
namespace {

/// What was typed; what was not is the problem's own.
struct Typed {
  std::vector<std::string> learners = {};
  std::optional<int> shots, steps, tasks, test_tasks;
  std::uint64_t seed = 0;
  std::optional<double> rate;
  std::vector<double> lambdas = {};
  BenchmarkNewCourse new_course = {};
};

template <class Plan>
Plan plan_of(const Typed& typed) {
  Plan plan;
  plan.learners = typed.learners;
  plan.seed = typed.seed;
  plan.shots = typed.shots.value_or(plan.shots);
  plan.steps = typed.steps.value_or(plan.steps);
  plan.tasks = typed.tasks.value_or(plan.tasks);
  plan.test_tasks = typed.test_tasks.value_or(plan.test_tasks);
  plan.rate = typed.rate.value_or(plan.rate);
  return plan;
}

Result<Json> run_sinusoid_problem(const Typed& typed) {
  if (!typed.lambdas.empty()) return invalid_input("sinusoid: --lambdas, expected none");
  return benchmark_sinusoid(plan_of<SinusoidPlan>(typed));
}

Result<Json> run_gaussian_problem(const Typed& typed) {
  auto plan = plan_of<GaussianPlan>(typed);
  if (!typed.lambdas.empty()) plan.lambdas = typed.lambdas;
  return benchmark_gaussian(plan);
}

Result<Json> run_new_course_problem(const Typed& typed) {
  BenchmarkNewCourse ask = typed.new_course;
  ask.plan.learners = typed.learners;
  ask.plan.seed = typed.seed;
  return benchmark_new_course(ask);
}

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

std::string mean_cell(const Json& row, const std::string& name) {
  return fmt::format("{:.4f} ± {:.4f}", row.at(name).get<double>(),
                     row.at(name + "_half_width").get<double>());
}

std::string curve_text(const Json& row) {
  std::string text =
      fmt::format("{}: validation nll by lambda:", row.at("learner").get<std::string>());
  for (const Json& point : row.at("lambda_curve")) {
    text += fmt::format(" {:g}: {:.4f},", point.at("lambda").get<double>(),
                        point.at("nll").get<double>());
  }
  text.back() = '\n';
  return text;
}

std::string gaussian_text(const Json& document) {
  std::string text =
      fmt::format("{:<12} {:>5} {:>17} {:>17} {:>17} {:>7} {:>10} {:>8} {:>8}\n", "learner",
                  "shots", "accuracy", "nll", "ece", "lambda", "inner rate", "tasks/s", "seconds");
  std::string curves;
  for (const Json& row : document.at("rows")) {
    const Json& lambda = row.at("lambda");
    text += fmt::format("{:<12} {:>5} {:>17} {:>17} {:>17} {:>7} {:>10g} {:>8.0f} {:>8.1f}\n",
                        row.at("learner").get<std::string>(), row.at("shots").get<int>(),
                        mean_cell(row, "accuracy"), mean_cell(row, "nll"), mean_cell(row, "ece"),
                        lambda.is_number() ? fmt::format("{:g}", lambda.get<double>()) : "–",
                        row.at("inner_rate").get<double>(),
                        row.at("tasks_per_second").get<double>(), row.at("seconds").get<double>());
    if (!row.at("lambda_curve").empty()) curves += curve_text(row);
  }
  return text + curves + "on new tasks, with 95 % intervals over tasks; nll in nats\n";
}

std::string number(const Json& value, const char* missing = "–") {
  return value.is_number() ? fmt::format("{:.4f}", value.get<double>()) : missing;
}

std::string new_course_text(const Json& document) {
  std::string text =
      fmt::format("{:>8}  {:<18} {:>7} {:>17} {:>8} {:>7} {:>26} {:>8}\n", "students", "learner",
                  "auc", "95 %", "log loss", "ece", "auc above fine-tuned", "seconds");
  for (const Json& row : document.at("rows")) {
    const Json& gain = row.at("auc_gain");
    text +=
        fmt::format("{:>8}  {:<18} {:>7} {:>8} {:>8} {:>8} {:>7} {:>26} {:>8.1f}\n",
                    row.at("students").get<int>(), row.at("learner").get<std::string>(),
                    number(row.at("auc")), number(row.at("auc_low")), number(row.at("auc_high")),
                    number(row.at("log_loss")), number(row.at("ece")),
                    gain.is_number() && row.at("auc_gain_low").is_number()
                        ? fmt::format("{:+.4f} [{:+.4f}, {:+.4f}]", gain.get<double>(),
                                      row.at("auc_gain_low").get<double>(),
                                      row.at("auc_gain_high").get<double>())
                        : "–",
                    row.at("seconds").get<double>());
  }
  return text + fmt::format("{} other students judged, {} draws\n",
                            document.at("scored_students").get<int>(),
                            document.at("repeats").get<int>());
}

struct Problem {
  std::string_view name;
  Result<Json> (*run)(const Typed& typed);
  std::string (*text)(const Json& document);
};

constexpr std::array kProblems{
    Problem{"sinusoid", &run_sinusoid_problem, &sinusoid_text},
    Problem{"gaussian", &run_gaussian_problem, &gaussian_text},
    Problem{"new-course", &run_new_course_problem, &new_course_text},
};

Result<const Problem*> find_problem(const std::string& name) {
  std::string known;
  for (const Problem& problem : kProblems) {
    if (problem.name == name) return &problem;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", problem.name);
  }
  return invalid_input(fmt::format("benchmark \"{}\", expected one of: {}", name, known));
}

void add_new_course_options(CLI::App& app, BenchmarkNewCourse& ask) {
  NewCoursePlan& plan = ask.plan;
  app.add_option("--sources", ask.sources, "new-course: datasets to learn from")->delimiter(',');
  app.add_option("--target", ask.target, "new-course: the dataset that is left out");
  app.add_option("--students", plan.students, "new-course: how many of its students to adapt on")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--repeats", plan.repeats, "new-course: draws of these students")
      ->capture_default_str();
  app.add_option("--scored", plan.scored, "new-course: other students judged on, at most")
      ->capture_default_str();
  app.add_option("--first-answers", plan.first_answers,
                 "new-course: adapt on so many first answers of a student alone; 0: all")
      ->capture_default_str();
  app.add_option("--priors", plan.priors, "new-course: networks averaged")->capture_default_str();
  app.add_option("--epochs", plan.prior.training.epochs, "new-course: of a prior")
      ->capture_default_str();
  app.add_option("--threads", plan.threads, "0: all cores")->capture_default_str();
}

void add_options(CLI::App& app, std::string& problem, Typed& typed) {
  app.add_option("problem", problem, "sinusoid, gaussian or new-course")->required();
  app.add_option("--learners", typed.learners, "e.g. maml,bayes; all if absent")->delimiter(',');
  app.add_option("--shots", typed.shots,
                 "points of a task's support, of each class where there are some; 5 if absent");
  app.add_option("--seed", typed.seed, "of the network, the tasks and the points")
      ->capture_default_str();
  app.add_option("--steps", typed.steps,
                 "of the outer loop; if absent 70000 for sinusoid, 6000 for gaussian");
  app.add_option("--tasks", typed.tasks, "per step; 32 if absent");
  app.add_option("--rate", typed.rate, "of the outer loop; the problem's own if absent");
  app.add_option("--test-tasks", typed.test_tasks, "new tasks to be judged on; 1000 if absent");
  app.add_option("--lambdas", typed.lambdas,
                 "gaussian: weights of the divergence that validation tasks choose from")
      ->delimiter(',');
  add_new_course_options(app, typed.new_course);
}

}  // namespace

int benchmark_command(int argc, const char* const* argv) {
  Invocation call("benchmark", "Learners and baselines side by side on a problem of the field.");
  std::string name;
  Typed typed;
  add_options(call.app(), name, typed);
  catch_interrupts();
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        MENO_TRY(const Problem* const problem, find_problem(name));
        return problem->run(typed);
      },
      [](const Json& document) {
        return (*find_problem(document.at("problem").get<std::string>()))->text(document);
      });
}

}  // namespace meno
