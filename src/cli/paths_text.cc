#include "cli/paths_text.h"

#include <fmt/format.h>

#include "core/json.h"

namespace meno {
namespace {

std::string range(const Json& row, const std::string& name) {
  return fmt::format("{:.3f} [{:.3f}, {:.3f}]", row.at(name).get<double>(),
                     row.at(name + "_low").get<double>(), row.at(name + "_high").get<double>());
}

std::string family(const Json& row) {
  return row.at("learner_family").get<std::string>() + (row.at("built_on").get<bool>() ? "*" : "");
}

std::string rows_text(const Json& document) {
  std::string text = fmt::format(
      "{:<12} {:>5} {:<12} {:>23} {:>26} {:>7} {:>7} {:>6} {:>6} {:>9}\n", "family", "steps",
      "policy", "E_p", "plan is ahead by", "wasted", "early", "weak", "strong", "ms a plan");
  for (const Json& row : document.at("rows")) {
    text += fmt::format(
        "{:<12} {:>5} {:<12} {:>23} {:>26} {:>7.3f} {:>7.3f} {:>6.3f} {:>6.3f} {:>9.3f}\n",
        family(row), row.at("steps").get<int>(), row.at("policy").get<std::string>(),
        range(row, "e_p"), range(row, "plan_gain"), row.at("wasted_practice").get<double>(),
        row.at("premature_advance").get<double>(), row.at("e_p_weak").get<double>(),
        row.at("e_p_strong").get<double>(), 1000.0 * row.at("seconds_per_plan").get<double>());
  }
  return text;
}

std::string mastery_text(const Json& document) {
  std::string text = fmt::format("\n{:<12} {:<12} {:>26} {:>8} {:>22} {:>23} {:>23}\n", "family",
                                 "policy", "minutes to mastery", "finished", "mastered, equal time",
                                 "time saved", "more goals");
  for (const Json& row : document.at("mastery")) {
    text += fmt::format("{:<12} {:<12} {:>26} {:>8.3f} {:>22} {:>23} {:>23}\n", family(row),
                        row.at("policy").get<std::string>(), range(row, "minutes_to_mastery"),
                        row.at("finished").get<double>(), range(row, "mastered_at_equal_time"),
                        range(row, "time_saved"), range(row, "mastered_gain"));
  }
  return text;
}

std::string families_text(const Json& document) {
  std::string text = fmt::format("\n{:<12} {:>6} {:>9} {:>9} {:>7} {:>9}\n", "family", "repeat",
                                 "log loss", "of a rate", "AUC", "fitted s");
  for (const Json& about : document.at("families")) {
    text += fmt::format(
        "{:<12} {:>6} {:>9.4f} {:>9.4f} {:>7} {:>9.1f}\n", family(about),
        about.at("repeat").get<int>(), about.at("log_loss").get<double>(),
        about.at("base_log_loss").get<double>(),
        about.at("auc").is_number() ? fmt::format("{:.4f}", about.at("auc").get<double>()) : "–",
        about.at("fit_seconds").get<double>());
  }
  return text;
}

}  // namespace

std::string paths_text(const Json& document) {
  return rows_text(document) + mastery_text(document) + families_text(document) +
         "\nall students are simulated; * the planner was built on this family; families: log loss "
         "and AUC on\nheld-out real students, one answer ahead; against `fixed`: time saved, more "
         "goals\n";
}

}  // namespace meno
