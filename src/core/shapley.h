// Shapley values of a few players, from the values of all their coalitions.
#pragma once

#include <bit>
#include <cstddef>
#include <span>

namespace meno {

/// share [G]: player g gets
///   sum over coalitions A without g of |A|! (G - |A| - 1)! / G! (value(A + g) - value(A)),
/// so that the shares sum to value(all) - value(nobody). `value` is [2^G], by the coalition's bits;
/// G >= 1 and small. Source: Shapley 1953.
inline void shapley(std::span<const double> value, std::span<double> share) {
  const std::size_t players = share.size();
  for (std::size_t g = 0; g < players; ++g) {
    const std::size_t me = std::size_t{1} << g;
    share[g] = 0.0;
    for (std::size_t others = 0; others < value.size(); ++others) {
      if ((others & me) != 0) continue;
      const auto size = static_cast<std::size_t>(std::popcount(others));
      double choose = 1.0;  // size of G - 1
      for (std::size_t k = 0; k < size; ++k)
        choose = choose * static_cast<double>(players - 1 - k) / static_cast<double>(k + 1);
      share[g] += (value[others | me] - value[others]) / (static_cast<double>(players) * choose);
    }
  }
}

}  // namespace meno
