#include "domain/auc.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace meno {

std::optional<double> auc(std::span<const double> p_correct, std::span<const float> correct) {
  std::vector<std::pair<double, bool>> order(p_correct.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = {p_correct[i], correct[i] > 0.5F};
  std::sort(order.begin(), order.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  double wrong_below = 0.0;
  double right_total = 0.0;
  double wins = 0.0;
  for (std::size_t i = 0; i < order.size();) {
    double right = 0.0;
    double wrong = 0.0;
    const double value = order[i].first;
    for (; i < order.size() && order[i].first == value; ++i)
      (order[i].second ? right : wrong) += 1.0;
    wins += right * (wrong_below + 0.5 * wrong);
    wrong_below += wrong;
    right_total += right;
  }
  if (right_total == 0.0 || wrong_below == 0.0) return std::nullopt;
  return wins / (right_total * wrong_below);
}

}  // namespace meno
