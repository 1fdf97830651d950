#include "eval/reference/gaussian_learning.h"

#include <cmath>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/progress.h"
#include "eval/reference/lane_sums.h"
#include "meta/schedule.h"

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;
constexpr std::size_t kHidden = 20;
constexpr std::size_t kQueryPerClass = 5;  // points of a training task's query
constexpr double kSpread = 0.1;            // where standard deviations start
constexpr int kPairs = 2;       // of draws in an expectation; better than 1 on validation tasks
constexpr double kClip = 10.0;  // norm of what one task may add to an outer step
constexpr double kMostDiverged = 0.01;  // share of training tasks whose inner loop may diverge
using Kind = GaussianLearner::Kind;

ParamLayout with_log_sd(const ParamLayout& layout) {
  ParamLayout both;
  for (const ParamBlock& block : layout.blocks()) both.add(block);
  for (const ParamBlock& block : layout.blocks()) {
    both.add({.name = "log_sd." + block.name,
              .shape = block.shape,
              .start = ParamBlock::Start::Constant,
              .scale = std::log(kSpread)});
  }
  return both;
}

}  // namespace

GaussianLearning::GaussianLearning(const GaussianLearner& learner, const GaussianPlan& plan,
                                   const GaussianTraining& how)
    : learner_(learner),
      plan_(plan),
      lambda_(how.lambda),
      network_({2, kHidden, kHidden, GaussianTasks::kClasses}, OutputLoss::Softmax),
      unrolled_(network_),
      variational_(network_),
      layout_(with_log_sd(network_.layout())),
      optimiser_(layout_, {.weight_decay = 0.0}),
      rates_(network_.parameters(), how.inner_rate) {
  Rng rng = Rng(plan.seed).fork(0);
  learnt_ = layout_.initial(rng);
}

Result<Done> GaussianLearning::learn() {
  if (learner_.kind == Kind::ClosedForm) return Done{};
  Progress progress(fmt::format("gaussian {}", learner_.name),
                    static_cast<std::uint64_t>(plan_.steps), "steps");
  Rng rng = Rng(plan_.seed).fork(1);
  for (int step = 0; step < plan_.steps; ++step) {
    if (interrupted()) return unavailable("stopped by a signal; the benchmark begins again");
    take_step(rng, static_cast<double>(step + 1) / plan_.steps);
    MENO_TRY_DONE(check_diverged(step));
    progress.advance();
  }
  return Done{};
}

Result<Done> GaussianLearning::check_diverged(int step) const {
  if (static_cast<double>(diverged_) <= kMostDiverged * plan_.steps * plan_.tasks) return Done{};
  return invalid_input(fmt::format(
      "{}: the inner loops of {} tasks diverged in {} steps, expected next to none; a lower rate "
      "than {} may help",
      learner_.name, diverged_, step + 1, plan_.rate));
}

void GaussianLearning::take_step(Rng& rng, double progress) {
  spread_over_lanes(theta(), start_);
  direction_.assign(layout_.size(), 0.0);
  for (int task = 0; task < plan_.tasks; task += static_cast<int>(kLanes)) {
    const GaussianTasks tasks = GaussianTasks::draw(rng);
    const LaneSamples support = tasks.points(rng, static_cast<std::size_t>(plan_.shots));
    const LaneSamples query = tasks.points(rng, kQueryPerClass);
    slope_.assign(start_.size(), 0.0F);
    sd_slope_.assign(learner_.kind == Kind::Posterior ? start_.size() : 0, 0.0F);
    task_gradients(support, query, rng.next());
    diverged_ += add_clipped_lanes(slope_, sd_slope_, kClip, 1.0 / plan_.tasks, direction_);
  }
  optimiser_.step(learnt_, direction_, 1.0, plan_.rate * rate_at(progress));
}

/// What the drawn tasks say, in slope_ and sd_slope_.
void GaussianLearning::task_gradients(const LaneSamples& support, const LaneSamples& query,
                                      std::uint64_t seed) {
  if (learner_.kind != Kind::Posterior) {
    const int steps = learner_.kind == Kind::AllAsOne ? 0 : kInnerSteps;
    unrolled_.gradient(start_, support, query, {.steps = steps, .rates = rates_}, slope_, {});
    return;
  }
  const auto of_support = static_cast<double>(support.samples);
  const auto of_both = of_support + static_cast<double>(query.samples);
  variational_.gradient(start_, support, joined(support, query, 2),
                        {.steps = kInnerSteps,
                         .rates = rates_,
                         .log_sd = log_sd(),
                         .prior = lambda_ / of_support,
                         .price = lambda_ / of_both,
                         .pairs = kPairs,
                         .seed = seed},
                        slope_, sd_slope_);
}

}  // namespace meno
