// One learner at work on the sinusoid problem: tasks drawn, inner loops unrolled, outer steps
// taken.
#pragma once

#include "eval/reference/lane_network.h"
#include "eval/reference/sinusoid.h"
#include "eval/reference/waves.h"
#include "meta/adamw/adamw.h"

namespace meno {

/// Not thread-safe. The learner and the plan must outlive it.
class SinusoidLearning {
 public:
  SinusoidLearning(const SinusoidLearner& learner, const SinusoidPlan& plan);

  /// All outer steps. Errors: InvalidInput when inner loops diverge; Unavailable after an
  /// interrupt.
  Result<Done> learn();

  const LaneNetwork& network() const { return network_; }
  /// [P].
  ParamView theta() const { return ParamView(learnt_).first(network_.parameters()); }
  /// Of the inner loop, [P].
  ParamView rates() const { return ParamView(learnt_).subspan(network_.parameters()); }
  /// Training tasks whose inner loop left the finite numbers.
  std::uint64_t diverged() const { return diverged_; }

 private:
  void take_step(Rng& rng, double progress);
  void task_gradients();
  void add_tasks();

  const SinusoidLearner& learner_;
  const SinusoidPlan& plan_;
  LaneNetwork network_;
  Unrolled<LaneNetwork> unrolled_;
  ParamLayout layout_;  // theta's, then the rates'
  AdamW optimiser_;
  Params learnt_;             // [2 P]
  Params direction_;          // [2 P]
  std::vector<float> start_;  // [P, 8], as all below
  std::vector<float> slope_;
  std::vector<float> rate_slope_;
  LaneSamples support_;
  LaneSamples query_;
  std::uint64_t diverged_ = 0;
};

}  // namespace meno
