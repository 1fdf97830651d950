#include "eval/reference/sinusoid.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "eval/reference/reference_plan.h"
#include "eval/reference/sinusoid_judge.h"
#include "eval/reference/sinusoid_learning.h"

namespace meno {
namespace {

constexpr std::array kLearners{
    SinusoidLearner{.name = "pretrained", .source = "all tasks as one", .steps = 0},
    SinusoidLearner{
        .name = "oracle", .source = "told amplitude and phase", .steps = 0, .told = true},
    SinusoidLearner{.name = "maml", .source = "Finn, Abbeel & Levine 2017"},
    SinusoidLearner{
        .name = "fomaml", .source = "Finn, Abbeel & Levine 2017, first order", .second = false},
    SinusoidLearner{.name = "reptile",
                    .source = "Nichol, Achiam & Schulman 2018",
                    .steps = 5,
                    .direction = SinusoidLearner::Direction::Moved},
    SinusoidLearner{
        .name = "anil", .source = "Raghu, Raghu, Bengio & Vinyals 2020", .head_only = true},
    SinusoidLearner{.name = "meta-sgd", .source = "Li, Zhou, Chen & Li 2017", .learn_rates = true},
    SinusoidLearner{.name = "meta-sgd-steps",
                    .source = "Li, Zhou, Chen & Li 2017; losses of every step as Antoniou, Edwards "
                              "& Storkey 2019",
                    .steps = 5,
                    .inner_rate = 0.003,
                    .learn_rates = true,
                    .every_step = true},
};

constexpr std::uint64_t kValidation = 2;  // streams of tasks
constexpr std::uint64_t kTest = 3;
constexpr int kValidationTasks = 200;
constexpr std::array kTestRates = {0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05};

/// The rates a new task is adapted with: the learnt ones, or the one of kTestRates under which
/// validation tasks have the least error over all of kSinusoidSteps.
Params test_rates(const SinusoidLearning& learnt, const SinusoidLearner& learner,
                  const SinusoidPlan& plan) {
  Params best(learnt.rates().begin(), learnt.rates().end());
  if (learner.learn_rates || learner.told) return best;
  double least = std::numeric_limits<double>::infinity();
  for (const double rate : kTestRates) {
    Params rates(learnt.rates().begin(), learnt.rates().end());
    for (double& value : rates) value = value == 0.0 ? 0.0 : rate;
    double sum = 0.0;
    for (const auto& errors :
         sinusoid_errors(learnt, rates, static_cast<std::size_t>(plan.shots), learner.told,
                         Rng(plan.seed).fork(kValidation), kValidationTasks)) {
      for (const double error : errors) sum += error;
    }
    if (sum < least) {
      least = sum;
      best = rates;
    }
  }
  return best;
}

void summarise(const std::vector<SinusoidErrors>& errors, SinusoidRow& row) {
  const auto count = static_cast<double>(errors.size());
  for (std::size_t s = 0; s < kSinusoidSteps.size(); ++s) {
    double sum = 0.0;
    double squares = 0.0;
    for (const auto& task : errors) {
      sum += task[s];
      squares += task[s] * task[s];
    }
    row.mse[s] = sum / count;
    row.half_width[s] = 1.96 * std::sqrt((squares / count - row.mse[s] * row.mse[s]) / count);
  }
}

Result<SinusoidRow> run_one(const SinusoidLearner& learner, const SinusoidPlan& plan) {
  SinusoidLearning learnt(learner, plan);
  const auto begin = std::chrono::steady_clock::now();
  MENO_TRY_DONE(learnt.learn());
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const Params rates = test_rates(learnt, learner, plan);
  SinusoidRow row{.learner = std::string(learner.name), .shots = plan.shots};
  for (const double rate : rates) row.inner_rate += rate / static_cast<double>(rates.size());
  row.seconds = seconds;
  row.diverged = learnt.diverged();
  row.tasks_per_second = static_cast<double>(plan.steps) * plan.tasks / seconds;
  summarise(sinusoid_errors(learnt, rates, static_cast<std::size_t>(plan.shots), learner.told,
                            Rng(plan.seed).fork(kTest), plan.test_tasks),
            row);
  return row;
}

}  // namespace

std::span<const SinusoidLearner> sinusoid_learners() { return kLearners; }

Result<std::vector<SinusoidRow>> run_sinusoid(const SinusoidPlan& plan) {
  MENO_TRY_DONE(check_sizes(plan));
  MENO_TRY(const std::vector<const SinusoidLearner*> learners,
           chosen_learners(sinusoid_learners(), plan.learners));
  std::vector<SinusoidRow> rows;
  for (const SinusoidLearner* learner : learners) {
    MENO_TRY(SinusoidRow row, run_one(*learner, plan));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace meno
