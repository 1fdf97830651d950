// Scaling: every feature to mean 0 and deviation 1 over the training answers, clipped.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace meno::evidence {

struct Scaling {
  std::vector<float> mean;        // [F]
  std::vector<float> inverse_sd;  // [F]

  void apply(std::span<float> x) const {
    constexpr float kClip = 6.0F;
    for (std::size_t k = 0; k < x.size(); ++k) {
      x[k] = std::clamp((x[k] - mean[k]) * inverse_sd[k], -kClip, kClip);
    }
  }
};

}  // namespace meno::evidence
