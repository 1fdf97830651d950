#include "meta/adamw/adamw.h"

#include <cmath>

namespace meno {

AdamW::AdamW(const ParamLayout& layout, const Config& config)
    : layout_(layout),
      config_(config),
      state_{Params(layout.size(), 0.0), Params(layout.size(), 0.0)} {}

void AdamW::step(std::span<double> theta, ParamView gradient, double scale, double rate) {
  ++state_.steps;
  const auto steps = static_cast<double>(state_.steps);
  const double b1 = config_.beta1;
  const double b2 = config_.beta2;
  const double unbias_first = 1.0 / (1.0 - std::pow(b1, steps));
  const double unbias_second = 1.0 / (1.0 - std::pow(b2, steps));
  for (std::size_t b = 0; b < layout_.blocks().size(); ++b) {
    const ParamBlock& block = layout_.blocks()[b];
    const double block_rate = rate * block.rate_scale;
    const double keep = 1.0 - block_rate * config_.weight_decay * block.weight_decay;
    const std::size_t end = layout_.offset(b) + block.size();
    for (std::size_t i = layout_.offset(b); i < end; ++i) {
      const double g = scale * gradient[i];
      const double m = state_.first[i] = b1 * state_.first[i] + (1.0 - b1) * g;
      const double v = state_.second[i] = b2 * state_.second[i] + (1.0 - b2) * g * g;
      theta[i] = keep * theta[i] -
                 block_rate * unbias_first * m / (std::sqrt(unbias_second * v) + config_.epsilon);
    }
  }
}

}  // namespace meno
