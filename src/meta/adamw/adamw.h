// AdamW: Adam with weight decay outside of the adaptive step, block by block as the layout asks.
#pragma once

#include <cstdint>
#include <span>

#include "models/params.h"

namespace meno {

/// One optimiser's memory of one training. Not thread-safe.
/// Source: Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2, the schedule multiplying step
/// and decay alike.
class AdamW {
 public:
  struct Config {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 1e-3;
  };

  /// The layout must outlive the optimiser.
  AdamW(const ParamLayout& layout, const Config& config);

  /// Moves theta [P] against `scale` x `gradient` [P] with learning rate `rate` (times each block's
  /// own multiplier).
  void step(std::span<double> theta, ParamView gradient, double scale, double rate);

  /// The whole state, for checkpoints: first and second moments [P] and the number of steps taken.
  struct State {
    Params first;
    Params second;
    std::uint64_t steps = 0;
  };
  const State& state() const { return state_; }
  void restore(State state) { state_ = std::move(state); }

 private:
  const ParamLayout& layout_;
  Config config_;
  State state_;
};

}  // namespace meno
