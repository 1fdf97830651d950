#include "eval/reference/lane_sums.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "eval/reference/lane_kernels.h"

namespace meno {
namespace {

using lanes::kLanes;

/// squares[l] += the squared norm of lane l.
void add_squares(std::span<const float> lanes, std::array<double, kLanes>& squares) {
  std::array<float, kLanes> sums{};
  for (std::size_t i = 0; i < lanes.size(); i += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) sums[l] += lanes[i + l] * lanes[i + l];
  }
  for (std::size_t l = 0; l < kLanes; ++l) squares[l] += static_cast<double>(sums[l]);
}

/// sums[p] += p's lanes, each times its scale.
void add_lanes(std::span<const float> lanes, const std::array<float, kLanes>& scales,
               std::span<double> sums) {
  for (std::size_t p = 0; p < sums.size(); ++p) {
    float sum = 0.0F;
    for (std::size_t l = 0; l < kLanes; ++l) sum += scales[l] * lanes[p * kLanes + l];
    sums[p] += static_cast<double>(sum);
  }
}

/// A lane that left the finite numbers counts as 0.
void clear_lane(std::size_t lane, std::span<float> lanes) {
  for (std::size_t i = lane; i < lanes.size(); i += kLanes) lanes[i] = 0.0F;
}

}  // namespace

void spread_over_lanes(ParamView theta, std::vector<float>& lanes) {
  lanes.resize(theta.size() * kLanes);
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = static_cast<float>(theta[i / kLanes]);
}

std::size_t add_clipped_lanes(std::span<float> first, std::span<float> second, double clip,
                              double share, std::span<double> direction) {
  std::size_t diverged = 0;
  std::array<float, kLanes> scales{};
  std::array<double, kLanes> squares{};
  add_squares(first, squares);
  add_squares(second, squares);
  for (std::size_t l = 0; l < kLanes; ++l) {
    const double norm = std::sqrt(squares[l]);
    if (std::isfinite(norm)) {
      scales[l] = static_cast<float>(std::min(1.0, clip / std::max(norm, 1e-12)) * share);
    } else {
      ++diverged;
      clear_lane(l, first);
      clear_lane(l, second);
    }
  }
  add_lanes(first, scales, direction.first(first.size() / kLanes));
  add_lanes(second, scales, direction.subspan(first.size() / kLanes, second.size() / kLanes));
  return diverged;
}

}  // namespace meno
