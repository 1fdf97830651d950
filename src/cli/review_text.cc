#include "cli/review_text.h"

#include <fmt/format.h>

namespace meno {
namespace {

std::string range(const Json& row, const std::string& name) {
  if (!row.at(name).is_number()) return "–";
  if (!row.at(name + "_low").is_number()) return fmt::format("{:.4f}", row.at(name).get<double>());
  return fmt::format("{:.4f} [{:.4f}, {:.4f}]", row.at(name).get<double>(),
                     row.at(name + "_low").get<double>(), row.at(name + "_high").get<double>());
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
  return text + fmt::format("\n{} reviews, {:.1f} % recalled; judged on {}; intervals: {}\n",
                            document.at("reviews").get<std::size_t>(),
                            100.0 * document.at("recalled").get<double>(),
                            document.at("judged_on").get<std::string>(),
                            document.at("intervals").get<std::string>());
}

}  // namespace meno
