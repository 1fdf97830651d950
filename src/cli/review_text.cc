#include "cli/review_text.h"

#include <fmt/format.h>

#include "core/json.h"

namespace meno {
namespace {

std::string range(const Json& row, const std::string& name) {
  if (!row.at(name).is_number()) return "–";
  if (!row.at(name + "_low").is_number()) return fmt::format("{:.4f}", row.at(name).get<double>());
  return fmt::format("{:.4f} [{:.4f}, {:.4f}]", row.at(name).get<double>(),
                     row.at(name + "_low").get<double>(), row.at(name + "_high").get<double>());
}

std::string regimes_text(const Json& document) {
  if (document.at("regimes").empty()) return "";
  std::string text =
      fmt::format("\n{:<14} {:>16} {:>18} {:>26} {:>12}\n", "regime", "reviews a card",
                  "remembered at end", "reviews a remembered card", "mean recall");
  for (const Json& row : document.at("regimes")) {
    text += fmt::format(
        "{:<14} {:>16.2f} {:>18.3f} {:>26.2f} {:>12.3f}\n", row.at("regime").get<std::string>(),
        row.at("reviews_per_card").get<double>(), row.at("remembered").get<double>(),
        row.at("reviews_per_remembered").get<double>(), row.at("mean_recall").get<double>());
  }
  return text + "\nregimes: simulated learners, whose memory is dsr as fitted above\n";
}

}  // namespace

std::string review_text(const Json& document) {
  std::string text = fmt::format("{:<8} {:>24} {:>24} {:>24} {:>26} {:>8}\n", "model", "log loss",
                                 "RMSE (bins)", "AUC", "nats behind the first", "seconds");
  for (const Json& row : document.at("rows")) {
    text += fmt::format("{:<8} {:>24} {:>24} {:>24} {:>26} {:>8.1f}\n",
                        row.at("model").get<std::string>(), range(row, "log_loss"),
                        range(row, "rmse_bins"), range(row, "auc"), range(row, "log_loss_gain"),
                        row.at("seconds").get<double>());
  }
  return text +
         fmt::format("\n{} reviews, {:.1f} % recalled; judged on {}; intervals: {}\n",
                     document.at("reviews").get<std::size_t>(),
                     100.0 * document.at("recalled").get<double>(),
                     document.at("judged_on").get<std::string>(),
                     document.at("intervals").get<std::string>()) +
         regimes_text(document);
}

std::string replay_text(const Json& document) {
  std::string text = fmt::format("{:<8} {:>9} {:>28} {:>9} {:>28} {:>28} {:>10} {:>7} {:>7}\n",
                                 "policy", "IPS", "self-normalised", "direct", "doubly robust",
                                 "above the records", "effective", "mean w", "most w");
  for (const Json& row : document.at("rows")) {
    text += fmt::format(
        "{:<8} {:>9.4f} {:>28} {:>9.4f} {:>28} {:>28} {:>10.0f} {:>7.3f} {:>7.1f}\n",
        row.at("policy").get<std::string>(), row.at("ips").get<double>(), range(row, "snips"),
        row.at("direct").get<double>(), range(row, "doubly_robust"), range(row, "gain"),
        row.at("effective_decisions").get<double>(), row.at("mean_weight").get<double>(),
        row.at("most_weight").get<double>());
  }
  const Json& logging = document.at("logging");
  text += fmt::format(
      "\n{} decisions of {} real students, {:.1f} choices each; {:.1f} % left out as too unlikely, "
      "{:.1f} % with no\nfresh item after. Reward: {}.\nLimits:\n",
      document.at("decisions").get<std::size_t>(), document.at("students").get<std::size_t>(),
      logging.at("choices_each").get<double>(), 100.0 * logging.at("unsupported").get<double>(),
      100.0 * logging.at("unrewarded").get<double>(), document.at("reward").get<std::string>());
  for (const Json& limit : document.at("limits")) {
    text += fmt::format("- {}\n", limit.get<std::string>());
  }
  return text;
}

}  // namespace meno
