// meno benchmark PROBLEM: learners and baselines side by side on a problem of the field.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "service/benchmark_new_course.h"
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

void add_sinusoid_options(CLI::App& app, SinusoidPlan& plan) {
  app.add_option("--shots", plan.shots, "sinusoid: points of a task's support")
      ->capture_default_str();
  app.add_option("--steps", plan.steps, "sinusoid: of the outer loop")->capture_default_str();
  app.add_option("--tasks", plan.tasks, "sinusoid: per step")->capture_default_str();
  app.add_option("--rate", plan.rate, "sinusoid: of the outer loop")->capture_default_str();
  app.add_option("--test-tasks", plan.test_tasks, "sinusoid: new tasks to be judged on")
      ->capture_default_str();
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

}  // namespace

int benchmark_command(int argc, const char* const* argv) {
  Invocation call("benchmark", "Learners and baselines side by side on a problem of the field.");
  std::string problem;
  std::vector<std::string> learners;
  std::uint64_t seed = 0;
  SinusoidPlan sinusoid;
  BenchmarkNewCourse new_course;
  CLI::App& app = call.app();
  app.add_option("problem", problem, "sinusoid or new-course")->required();
  app.add_option("--learners", learners, "e.g. maml,meta-sgd; all if absent")->delimiter(',');
  app.add_option("--seed", seed, "of everything random")->capture_default_str();
  add_sinusoid_options(app, sinusoid);
  add_new_course_options(app, new_course);
  catch_interrupts();
  const auto body = [&]() -> Result<Json> {
    sinusoid.learners = new_course.plan.learners = learners;
    sinusoid.seed = new_course.plan.seed = seed;
    if (problem == "sinusoid") return benchmark_sinusoid(sinusoid);
    if (problem == "new-course") return benchmark_new_course(new_course);
    return invalid_input(
        fmt::format("benchmark \"{}\", expected one of: sinusoid, new-course", problem));
  };
  const auto text = [&](const Json& document) {
    return problem == "sinusoid" ? sinusoid_text(document) : new_course_text(document);
  };
  return call.run(argc, argv, body, text);
}

}  // namespace meno
