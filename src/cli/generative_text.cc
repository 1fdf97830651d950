// The document of benchmark_generative as three tables.
#include <fmt/format.h>

#include "cli/benchmark_text.h"
#include "core/json.h"

namespace meno {
namespace {

std::string number(const Json& row, const std::string& name, const char* absent = "–") {
  return row.at(name).is_number() ? fmt::format("{:.4f}", row.at(name).get<double>()) : absent;
}

std::string with_interval(const Json& row, const std::string& name) {
  if (!row.at(name + "_low").is_number()) return number(row, name);
  return fmt::format("{} [{}, {}]", number(row, name), number(row, name + "_low"),
                     number(row, name + "_high"));
}

std::string name_of(const Json& row) { return row.at("generator").get<std::string>(); }

}  // namespace

std::string generative_text(const Json& document) {
  std::string utility =
      fmt::format("{:<10} {:<9} {:<15} {:>8} {:>6} {:>9} {:>24} {:>8} {:>7} {:>26} {:>27}\n",
                  "generator", "model", "trained on", "per cent", "real", "made up", "AUC",
                  "log loss", "ECE", "gain in AUC", "gain in log loss");
  std::string apart = fmt::format("\n{:<10} {:>24} {:>8}\n", "generator", "told apart (AUC)", "p");
  std::string privacy = fmt::format("\n{:<10} {:>26} {:>8} {:>9} {:>8} {:>9} {:>26} {:>7} {:>7}\n",
                                    "generator", "closer to train", "copies", "by chance",
                                    "to train", "held out", "membership AUC", "p", "fit s");
  for (const Json& row : document.at("rows")) {
    const std::string judgement = row.at("judgement").get<std::string>();
    if (judgement == "utility") {
      utility +=
          fmt::format("{:<10} {:<9} {:<15} {:>8g} {:>6} {:>9} {:>24} {:>8} {:>7} {:>26} {:>27}\n",
                      name_of(row), row.at("model").get<std::string>(),
                      row.at("trained_on").get<std::string>(), row.at("fraction").get<double>(),
                      row.at("students").get<int>(), row.at("synthetic_students").get<int>(),
                      with_interval(row, "auc"), number(row, "log_loss"), number(row, "ece"),
                      with_interval(row, "auc_gain"), with_interval(row, "log_loss_gain"));
    } else if (judgement == "two-sample") {
      apart += fmt::format("{:<10} {:>24} {:>8}\n", name_of(row), with_interval(row, "auc"),
                           number(row, "p_value"));
    } else {
      privacy +=
          fmt::format("{:<10} {:>26} {:>8} {:>9} {:>8} {:>9} {:>26} {:>7} {:>7.1f}\n", name_of(row),
                      with_interval(row, "closer_to_train"), number(row, "exact_copies"),
                      number(row, "exact_by_chance"), number(row, "distance_to_train"),
                      number(row, "distance_to_held_out"), with_interval(row, "membership_auc"),
                      number(row, "membership_p_value"), row.at("fit_seconds").get<double>());
    }
  }
  return utility + apart + privacy +
         fmt::format(
             "\n{} test students, {} training students at 100 %, {} draws; gains over "
             "real alone; .5 is best in both lower tables\n",
             document.at("scored_students").get<int>(), document.at("training_students").get<int>(),
             document.at("repeats").get<int>());
}

}  // namespace meno
