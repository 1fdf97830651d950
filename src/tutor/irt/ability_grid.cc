#include "tutor/irt/ability_grid.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

AbilityGrid make_grid() {
  AbilityGrid grid;
  double total = 0.0;
  for (std::size_t q = 0; q < kAbilityNodes; ++q) {
    grid.at[q] = -5.0 + 10.0 * static_cast<double>(q) / static_cast<double>(kAbilityNodes - 1);
    grid.log_prior[q] = -0.5 * grid.at[q] * grid.at[q];
    total += std::exp(grid.log_prior[q]);
  }
  for (double& weight : grid.log_prior) weight -= std::log(total);
  return grid;
}

}  // namespace

const AbilityGrid& ability_grid() {
  static const AbilityGrid grid = make_grid();
  return grid;
}

AbilityEstimate estimate_of(const AbilityWeights& weights) {
  const AbilityGrid& grid = ability_grid();
  double mean = 0.0;
  double square = 0.0;
  for (std::size_t q = 0; q < kAbilityNodes; ++q) {
    mean += weights[q] * grid.at[q];
    square += weights[q] * grid.at[q] * grid.at[q];
  }
  return {.mean = mean, .sd = std::sqrt(std::max(square - mean * mean, 0.0))};
}

double normalise(const std::array<double, kAbilityNodes>& log_weights, AbilityWeights& weights) {
  const double top = *std::max_element(log_weights.begin(), log_weights.end());
  double total = 0.0;
  for (std::size_t q = 0; q < kAbilityNodes; ++q) {
    weights[q] = std::exp(log_weights[q] - top);
    total += weights[q];
  }
  for (double& weight : weights) weight /= total;
  return top + std::log(total);
}

}  // namespace meno
