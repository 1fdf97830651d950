// AbilityGrid: abilities as a fixed grid under the standard normal, which every integral over them
// uses.
#pragma once

#include <array>
#include <cstddef>

namespace meno {

/// Equal steps over [-5, 5]: for smooth integrands under a normal weight the trapezium rule is as
/// good as Gauss-Hermite's, and the nodes do not move. Spacing .25 was chosen so that halving it
/// changes no estimate by 1e-6.
inline constexpr std::size_t kAbilityNodes = 41;

struct AbilityGrid {
  std::array<double, kAbilityNodes> at{};
  std::array<double, kAbilityNodes> log_prior{};  // of the weights, which sum to 1
};
const AbilityGrid& ability_grid();

/// Weights over the grid, summing to 1.
using AbilityWeights = std::array<double, kAbilityNodes>;

/// What is known of an ability: mean (EAP) and standard deviation of the weights.
struct AbilityEstimate {
  double mean = 0.0;
  double sd = 1.0;
};
AbilityEstimate estimate_of(const AbilityWeights& weights);

/// exp(log_weights), scaled to sum to 1. Returns the log of what they summed to.
double normalise(const std::array<double, kAbilityNodes>& log_weights, AbilityWeights& weights);

}  // namespace meno
