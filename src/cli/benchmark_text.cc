#include "cli/benchmark_text.h"

#include <fmt/format.h>

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

}  // namespace meno
