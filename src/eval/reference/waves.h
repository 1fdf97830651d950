// Waves: eight sinusoid tasks side by side, and points on them.
#pragma once

#include <array>

#include "core/rng.h"
#include "eval/reference/lane_network.h"

namespace meno {

/// y = amplitude sin(x - phase), one wave per lane. Source: Finn, Abbeel & Levine 2017,
/// section 5.1.
struct Waves {
  static constexpr double kBound = 5.0;  // of |x| and of amplitudes

  std::array<double, LaneNetwork::kLanes> amplitude = {};  // in [0.1, 5]
  std::array<double, LaneNetwork::kLanes> phase = {};      // in [0, pi]

  static Waves draw(Rng& rng);

  /// `samples` points with x uniform in [-5, 5]; an oracle is `told` amplitude and phase as two
  /// more inputs.
  void points(Rng& rng, std::size_t samples, bool told, LaneSamples& into) const;
};

}  // namespace meno
