// The Gaussian problem: say which of a few Gaussian classes a point is from, after a few points of
// each. The test of a learner that claims to know how sure it is: the best possible answer, and so
// the best calibration, has a closed form.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace meno {

/// Of a learner that has no inner rate to choose.
inline constexpr std::array kNoRate = {0.0};

/// How one learner treats the problem: a row of gaussian_learners().
struct GaussianLearner {
  enum class Kind {
    AllAsOne,   // trained on all tasks as one, adapted afterwards
    Adapted,    // the gradient of the query's loss after adaptation
    Posterior,  // a prior and posteriors, predicting by their mean
    ClosedForm  // the exact posterior under the prior that classes are drawn from
  };

  std::string_view name;
  std::string_view source;
  Kind kind = Kind::Adapted;
  /// Inner rates that validation tasks choose from: one to train with, one to adapt with.
  std::span<const double> train_rates = kNoRate;
  std::span<const double> test_rates = kNoRate;
};

/// Every learner and baseline the problem is run for.
std::span<const GaussianLearner> gaussian_learners();

struct GaussianPlan {
  std::vector<std::string> learners = {};  // empty: all
  int shots = 5;                           // points of every class in a support
  std::uint64_t seed = 0;
  int steps = 6000;    // of the outer loop
  int tasks = 32;      // per step
  double rate = 5e-3;  // of Adam
  int test_tasks = 1000;
  std::vector<double> lambdas = {0.001, 0.003, 0.01,
                                 0.03,  0.1,   1.0};  // of which validation tasks choose
};

/// A mean over tasks and the half of its 95 % interval over them.
struct Mean {
  double value = 0.0;
  double half_width = 0.0;
};

/// What validation tasks said of one lambda, at its best rate.
struct LambdaPoint {
  double lambda = 0.0;
  double nll = 0.0;
};

struct GaussianRow {
  std::string learner;
  int shots = 0;
  Mean accuracy = {};
  Mean nll = {};                // nats
  Mean ece = {};                // of the likeliest class; its interval by resampling tasks
  double inner_rate = 0.0;      // at test; 0: none
  double validation_nll = 0.0;  // what rate and lambda were chosen by
  std::optional<double> lambda = std::nullopt;  // chosen
  std::vector<LambdaPoint> lambda_curve = {};
  double tasks_per_second = 0.0;  // of training, on one thread
  double seconds = 0.0;           // of all trainings
  std::uint64_t diverged = 0;     // training tasks whose inner loop left the finite numbers
};

/// One row per learner. Errors: InvalidInput for an unknown learner or a number out of range, or
/// when inner loops diverge; Unavailable after an interrupt.
Result<std::vector<GaussianRow>> run_gaussian(const GaussianPlan& plan);

}  // namespace meno
