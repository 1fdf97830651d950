// The sinusoid problem: regress y = a sin(x - b) from a few points, over tasks of many amplitudes
// and phases. The field's first test of whether learning to learn works.
// Source: Finn, Abbeel & Levine 2017, arXiv:1703.03400, section 5.1: a in [0.1, 5], b in [0, pi], x
// in [-5, 5], network 1-40-40-1 with relu, mean squared error.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "meta/unrolled/unrolled.h"
#include "models/params.h"

namespace meno {

/// How one learner treats the problem: a row of sinusoid_learners().
struct SinusoidLearner {
  enum class Direction {
    Query,  // the gradient of the query's loss after adaptation
    Moved   // where adaptation went (Reptile)
  };

  std::string_view name;
  std::string_view source;
  int steps = 1;  // of the inner loop in training; 0: all tasks as one
  double inner_rate = 0.01;
  Direction direction = Direction::Query;
  bool second = true;        // exact; false: first order
  bool learn_rates = false;  // one rate per parameter, Meta-SGD
  bool head_only = false;    // adapt the last layer alone, ANIL
  bool every_step = false;   // learn from the query after each step, not the last alone
  bool told = false;         // amplitude and phase are inputs: an oracle that need not adapt
};

/// Every learner and baseline the problem is run for.
std::span<const SinusoidLearner> sinusoid_learners();

struct SinusoidPlan {
  std::vector<std::string> learners = {};  // empty: all
  int shots = 5;                           // points of a support, and of a query in training
  std::uint64_t seed = 0;
  int steps = 70000;   // of the outer loop, as the paper
  int tasks = 32;      // per step; the paper has 25, eight go side by side here
  double rate = 1e-3;  // of Adam
  int test_tasks = 1000;
};

/// Gradient steps after which a new task is judged.
inline constexpr std::array<int, 3> kSinusoidSteps = {1, 5, 10};

struct SinusoidRow {
  std::string learner;
  int shots = 0;
  std::array<double, kSinusoidSteps.size()> mse = {};         // mean over test tasks
  std::array<double, kSinusoidSteps.size()> half_width = {};  // of its 95 % interval over tasks
  double inner_rate = 0.0;        // at test, in the mean over parameters
  double tasks_per_second = 0.0;  // of training, on one thread
  double seconds = 0.0;
  std::uint64_t diverged = 0;  // training tasks whose inner loop left the finite numbers
};

/// One row per learner. Errors: InvalidInput for an unknown learner or a number out of range, or
/// when a learner's loss is not finite, naming the step; Unavailable after an interrupt.
Result<std::vector<SinusoidRow>> run_sinusoid(const SinusoidPlan& plan);

}  // namespace meno
