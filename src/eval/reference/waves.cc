#include "eval/reference/waves.h"

#include <cmath>
#include <numbers>

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;

}  // namespace

Waves Waves::draw(Rng& rng) {
  Waves waves;
  for (std::size_t l = 0; l < kLanes; ++l) {
    waves.amplitude[l] = 0.1 + (kBound - 0.1) * rng.uniform();
    waves.phase[l] = std::numbers::pi * rng.uniform();
  }
  return waves;
}

void Waves::points(Rng& rng, std::size_t samples, bool told, LaneSamples& into) const {
  const std::size_t stride = samples * kLanes;
  into.samples = samples;
  into.x.resize((told ? 3 : 1) * stride);
  into.y.resize(stride);
  for (std::size_t i = 0; i < stride; ++i) {
    const std::size_t l = i % kLanes;
    const double x = kBound * (2.0 * rng.uniform() - 1.0);
    into.x[i] = static_cast<float>(x);
    into.y[i] = static_cast<float>(amplitude[l] * std::sin(x - phase[l]));
    if (!told) continue;
    into.x[stride + i] = static_cast<float>(amplitude[l]);
    into.x[2 * stride + i] = static_cast<float>(phase[l]);
  }
}

}  // namespace meno
