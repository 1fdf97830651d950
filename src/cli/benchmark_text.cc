#include "cli/benchmark_text.h"

#include <fmt/format.h>

#include "core/json.h"

namespace meno {
namespace {

std::string steps_cell(const Json& row, const char* steps) {
  const Json& mean = row.at("mse").at(steps);
  const Json& half = row.at("mse_half_width").at(steps);
  if (!mean.is_number()) return "–";
  return fmt::format("{:.3f} ± {:.3f}", mean.get<double>(), half.get<double>());
}

std::string number(const Json& row, const std::string& name, const char* absent = "–") {
  return row.contains(name) && row.at(name).is_number()
             ? fmt::format("{:.4f}", row.at(name).get<double>())
             : absent;
}

std::string interval(const Json& row, const std::string& name) {
  return fmt::format("{} [{}, {}]", number(row, name), number(row, name + "_low"),
                     number(row, name + "_high"));
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

}  // namespace

std::string sinusoid_text(const Json& document) {
  std::string text = fmt::format("{:<16} {:>5} {:>15} {:>15} {:>15} {:>9} {:>8}\n", "learner",
                                 "shots", "1 step", "5 steps", "10 steps", "tasks/s", "seconds");
  for (const Json& row : document.at("rows")) {
    text += fmt::format("{:<16} {:>5} {:>15} {:>15} {:>15} {:>9.0f} {:>8.1f}\n",
                        row.at("learner").get<std::string>(), row.at("shots").get<int>(),
                        steps_cell(row, "1"), steps_cell(row, "5"), steps_cell(row, "10"),
                        row.at("tasks_per_second").get<double>(), row.at("seconds").get<double>());
  }
  return text + "mean squared error on new tasks, with its 95 % interval over tasks\n";
}

std::string few_shot_text(const Json& document) {
  std::string text = fmt::format("{:<16} {:>8} {:>7} {:>25} {:>9} {:>7} {:>27} {:>9} {:>8}\n",
                                 "learner", "students", "answers", "AUC", "log loss", "ECE",
                                 "gain in log loss", "late AUC", "seconds");
  for (const Json& row : document.at("rows")) {
    text += fmt::format("{:<16} {:>8} {:>7} {:>25} {:>9} {:>7} {:>27} {:>9} {:>8.1f}\n",
                        row.at("learner").get<std::string>(),
                        row.contains("trained_on") ? row.at("trained_on").dump() : "all",
                        row.at("answers").dump(), interval(row, "auc"), number(row, "log_loss"),
                        number(row, "ece"), interval(row, "log_loss_gain"), number(row, "late_auc"),
                        row.at("seconds").get<double>());
  }
  return text +
         "in brackets 95 % intervals over test students; gains against pretrained, positive is "
         "better\n";
}

/// What simulated tests came to; "" where none were asked for.
std::string simulated_tests_text(const Json& simulated) {
  if (simulated.is_null()) return "";
  std::string text =
      fmt::format("simulated students, {} items, tests of at most {}:\n",
                  simulated.at("bank").get<std::size_t>(), simulated.at("longest").get<int>());
  for (const Json& row : simulated.at("exposure")) {
    text += fmt::format(
        "  {:<16} exposure at most {}: the item asked most goes to {:.3f} of "
        "students ({:.3f} without a limit)\n",
        row.at("selector").get<std::string>(), number(row, "most"), row.at("largest").get<double>(),
        row.at("largest_before").get<double>());
  }
  for (const Json& row : simulated.at("classification")) {
    text += fmt::format(
        "  {:<5} ability {:+.2f}: {:.3f} called above the cut, {:.1f} questions, "
        "{:.2f} decided\n",
        row.at("rule").get<std::string>(), row.at("ability").get<double>(),
        row.at("above").get<double>(), row.at("mean_questions").get<double>(),
        row.at("decided").get<double>());
  }
  return text;
}

std::string adaptive_test_text(const Json& document) {
  std::string text = fmt::format("{:<16} {:>9} {:>17} {:>17} {:>9} {:>8}\n", "selector",
                                 "questions", "accuracy", "auc", "log loss", "us/step");
  for (const Json& row : document.at("rows")) {
    text += fmt::format("{:<16} {:>9} {:>8} ± {:.4f} {:>8} ± {:.4f} {:>9} {:>8.1f}\n",
                        row.at("selector").get<std::string>(), row.at("questions").get<int>(),
                        number(row, "accuracy"), row.at("accuracy_sd").get<double>(),
                        number(row, "auc"), row.at("auc_sd").get<double>(), number(row, "log_loss"),
                        row.at("us_per_step").get<double>());
  }
  return text +
         fmt::format(
             "{} students ({} with fewer than {} items left out); means and standard "
             "deviations over folds\n",
             document.at("students").get<std::size_t>(),
             document.at("students_left_out").get<std::size_t>(),
             document.at("min_answers").get<int>()) +
         simulated_tests_text(document.at("simulated_tests"));
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

std::string new_course_text(const Json& document) {
  std::string text =
      fmt::format("{:>8}  {:<18} {:>7} {:>17} {:>8} {:>7} {:>26} {:>8}\n", "students", "learner",
                  "auc", "95 %", "log loss", "ece", "auc above fine-tuned", "seconds");
  for (const Json& row : document.at("rows")) {
    const Json& gain = row.at("auc_gain");
    text += fmt::format("{:>8}  {:<18} {:>7} {:>8} {:>8} {:>8} {:>7} {:>26} {:>8.1f}\n",
                        row.at("students").get<int>(), row.at("learner").get<std::string>(),
                        number(row, "auc"), number(row, "auc_low"), number(row, "auc_high"),
                        number(row, "log_loss"), number(row, "ece"),
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

std::string suite_text(const Json& document) {
  std::string text;
  for (const Json& table : document.at("tables")) {
    text += fmt::format("{:<32} {:>3} commands, {} kept, {:.0f} s\n",
                        table.at("name").get<std::string>(), table.at("commands").get<int>(),
                        table.at("kept").get<int>(), table.at("seconds").get<double>());
  }
  return text + fmt::format("in {}\n", document.at("into").get<std::string>());
}

}  // namespace meno
