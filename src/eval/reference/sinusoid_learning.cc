#include "eval/reference/sinusoid_learning.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/progress.h"
#include "eval/reference/lane_sums.h"
#include "meta/schedule.h"

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;
constexpr double kClip = 10.0;          // norm of what one task may add to an outer step
constexpr double kRateOfRates = 0.1;    // rates are a hundred times smaller than weights
constexpr double kMostDiverged = 0.01;  // share of training tasks whose inner loop may diverge

using LaneValues = std::array<double, kLanes>;

/// The network's layout, then a rate for each of its parameters.
ParamLayout with_rates(const ParamLayout& layout, double rate) {
  ParamLayout both;
  for (const ParamBlock& block : layout.blocks()) both.add(block);
  for (const ParamBlock& block : layout.blocks()) {
    both.add({.name = "rate." + block.name,
              .shape = block.shape,
              .start = ParamBlock::Start::Constant,
              .scale = rate,
              .rate_scale = kRateOfRates});
  }
  return both;
}

}  // namespace

SinusoidLearning::SinusoidLearning(const SinusoidLearner& learner, const SinusoidPlan& plan)
    : learner_(learner),
      plan_(plan),
      network_({learner.told ? 3U : 1U, 40, 40, 1}, OutputLoss::SquaredError),
      unrolled_(network_),
      layout_(with_rates(network_.layout(), learner.inner_rate)),
      optimiser_(layout_, {.weight_decay = 0.0}) {
  Rng rng = Rng(plan.seed).fork(0);
  learnt_ = layout_.initial(rng);
  if (!learner.head_only) return;
  const std::size_t head = network_.layout().offset(network_.layout().blocks().size() - 2);
  std::fill_n(learnt_.begin() + static_cast<std::ptrdiff_t>(network_.parameters()), head, 0.0);
}

Result<Done> SinusoidLearning::learn() {
  Progress progress(fmt::format("sinusoid {}", learner_.name),
                    static_cast<std::uint64_t>(plan_.steps), "steps");
  Rng rng = Rng(plan_.seed).fork(1);
  for (int step = 0; step < plan_.steps; ++step) {
    if (interrupted()) return unavailable("stopped by a signal; the benchmark begins again");
    take_step(rng, static_cast<double>(step + 1) / plan_.steps);
    if (static_cast<double>(diverged_) > kMostDiverged * plan_.steps * plan_.tasks) {
      return invalid_input(fmt::format(
          "{}: the inner loops of {} tasks diverged in {} steps, expected next to none; a lower "
          "rate than {} may help",
          learner_.name, diverged_, step + 1, plan_.rate));
    }
    progress.advance();
  }
  return Done{};
}

void SinusoidLearning::take_step(Rng& rng, double progress) {
  spread_over_lanes(theta(), start_);
  direction_.assign(layout_.size(), 0.0);
  for (int task = 0; task < plan_.tasks; task += static_cast<int>(kLanes)) {
    const Waves waves = Waves::draw(rng);
    waves.points(rng, static_cast<std::size_t>(plan_.shots), learner_.told, support_);
    waves.points(rng, static_cast<std::size_t>(plan_.shots), learner_.told, query_);
    slope_.assign(start_.size(), 0.0F);
    rate_slope_.assign(learner_.learn_rates ? start_.size() : 0, 0.0F);
    task_gradients();
    add_tasks();
  }
  optimiser_.step(learnt_, direction_, 1.0, plan_.rate * rate_at(progress));
}

/// What the drawn tasks say, in slope_ and rate_slope_.
void SinusoidLearning::task_gradients() {
  const UnrolledSteps loop{.steps = learner_.steps,
                           .rates = rates(),
                           .second = learner_.second,
                           .every_step = learner_.every_step};
  if (learner_.direction == SinusoidLearner::Direction::Query) {
    unrolled_.gradient(start_, support_, query_, loop, slope_, rate_slope_);
    return;
  }
  LaneValues unused{};
  const auto end = unrolled_.adapt(start_, support_, loop, unused);
  const double scale = 1.0 / (learner_.inner_rate * learner_.steps);
  for (std::size_t i = 0; i < end.size(); ++i) {
    slope_[i] = static_cast<float>(scale) * (start_[i] - end[i]);
  }
}

/// Adds the tasks' gradients to the direction, none longer than kClip; a task whose inner loop
/// diverged adds nothing and is counted.
void SinusoidLearning::add_tasks() {
  diverged_ += add_clipped_lanes(slope_, rate_slope_, kClip, 1.0 / plan_.tasks, direction_);
}

}  // namespace meno
