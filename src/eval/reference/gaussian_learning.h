// One learner at work on the Gaussian problem: tasks drawn, inner loops unrolled or posteriors
// found, outer steps taken.
#pragma once

#include "eval/reference/gaussian.h"
#include "eval/reference/gaussian_tasks.h"
#include "eval/reference/lane_network.h"
#include "meta/adamw/adamw.h"
#include "meta/bayes/variational.h"
#include "meta/unrolled/unrolled.h"

namespace meno {

/// One training of those that validation tasks choose from.
struct GaussianTraining {
  double inner_rate = 0.0;
  double lambda = 0.0;  // weighs the divergence of a Posterior; others ignore it
};

/// Not thread-safe. The learner and the plan must outlive it.
class GaussianLearning {
 public:
  static constexpr int kInnerSteps = 5;

  GaussianLearning(const GaussianLearner& learner, const GaussianPlan& plan,
                   const GaussianTraining& how);

  /// All outer steps. Errors: InvalidInput when inner loops diverge; Unavailable after an
  /// interrupt.
  Result<Done> learn();

  const LaneNetwork& network() const { return network_; }
  /// [P].
  ParamView theta() const { return ParamView(learnt_).first(network_.parameters()); }
  /// The prior's log standard deviations, [P].
  ParamView log_sd() const { return ParamView(learnt_).subspan(network_.parameters()); }
  double lambda() const { return lambda_; }
  /// Training tasks whose inner loop left the finite numbers.
  std::uint64_t diverged() const { return diverged_; }

 private:
  Result<Done> check_diverged(int step) const;
  void take_step(Rng& rng, double progress);
  void task_gradients(const LaneSamples& support, const LaneSamples& query, std::uint64_t seed);

  const GaussianLearner& learner_;
  const GaussianPlan& plan_;
  double lambda_;
  LaneNetwork network_;
  Unrolled<LaneNetwork> unrolled_;
  Variational<LaneNetwork> variational_;
  ParamLayout layout_;  // theta's, then the log standard deviations'
  AdamW optimiser_;
  Params rates_;              // [P]
  Params learnt_;             // [2 P]
  Params direction_;          // [2 P]
  std::vector<float> start_;  // [P, 8], as all below
  std::vector<float> slope_;
  std::vector<float> sd_slope_;
  std::uint64_t diverged_ = 0;
};

}  // namespace meno
