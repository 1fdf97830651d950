#include "eval/reference/gaussian.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>

#include <fmt/format.h>

#include "eval/reference/gaussian_judge.h"
#include "eval/reference/gaussian_learning.h"
#include "eval/reference/reference_plan.h"

namespace meno {
namespace {

using Kind = GaussianLearner::Kind;
constexpr std::uint64_t kValidation = 2;  // streams of tasks
constexpr std::uint64_t kTest = 3;
constexpr std::uint64_t kResampling = 4;
constexpr int kValidationTasks = 200;

constexpr std::array kPretrainedTest = {0.01, 0.03, 0.1, 0.3, 1.0};
constexpr std::array kMamlTraining = {0.1, 0.2, 0.4};
constexpr std::array kMamlTest = {0.05, 0.1, 0.2, 0.3, 0.4, 0.6};
constexpr std::array kBayesTraining = {30.0};  // in units of the prior
constexpr std::array kBayesTest = {10.0, 20.0, 30.0, 40.0, 60.0};

constexpr std::array kLearners{
    GaussianLearner{.name = "pretrained",
                    .source = "all tasks as one",
                    .kind = Kind::AllAsOne,
                    .test_rates = kPretrainedTest},
    GaussianLearner{.name = "oracle",
                    .source = "the exact posterior of the classes (Murphy 2007)",
                    .kind = Kind::ClosedForm},
    GaussianLearner{.name = "maml",
                    .source = "Finn, Abbeel & Levine 2017",
                    .train_rates = kMamlTraining,
                    .test_rates = kMamlTest},
    GaussianLearner{.name = "bayes",
                    .source = "Ravi & Beatson 2019",
                    .kind = Kind::Posterior,
                    .train_rates = kBayesTraining,
                    .test_rates = kBayesTest},
};

/// A training, and the rate that serves validation tasks best.
struct Candidate {
  std::unique_ptr<const GaussianLearning> learnt;
  double rate = 0.0;
  double nll = std::numeric_limits<double>::infinity();
};

std::vector<TaskScore> scores_of(const Candidate& candidate, const GaussianLearner& learner,
                                 const GaussianPlan& plan, double rate, std::uint64_t stream,
                                 int tasks) {
  return gaussian_scores(*candidate.learnt, learner, rate, static_cast<std::size_t>(plan.shots),
                         Rng(plan.seed).fork(stream), tasks);
}

Result<Candidate> trained(const GaussianLearner& learner, const GaussianPlan& plan,
                          const GaussianTraining& how, GaussianRow& row) {
  auto learning = std::make_unique<GaussianLearning>(learner, plan, how);
  const auto begin = std::chrono::steady_clock::now();
  MENO_TRY_DONE(learning->learn());
  row.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  row.diverged += learning->diverged();
  Candidate candidate{.learnt = std::move(learning)};
  for (const double rate : learner.test_rates) {
    const double nll =
        mean_nll(scores_of(candidate, learner, plan, rate, kValidation, kValidationTasks));
    if (nll < candidate.nll) {
      candidate.nll = nll;
      candidate.rate = rate;
    }
  }
  if (!std::isfinite(candidate.nll)) {
    return invalid_input(
        fmt::format("{}: validation tasks have no finite loss; a lower rate than "
                    "{} may help",
                    learner.name, plan.rate));
  }
  return candidate;
}

/// Keeps the better of two, and of a lambda the better of its rates.
void compare(Candidate candidate, GaussianRow& row, Candidate& best) {
  const double lambda = candidate.learnt->lambda();
  if (row.lambda_curve.empty() || row.lambda_curve.back().lambda != lambda) {
    row.lambda_curve.push_back({lambda, candidate.nll});
  }
  double& nll = row.lambda_curve.back().nll;
  nll = std::min(nll, candidate.nll);
  if (candidate.nll < best.nll) best = std::move(candidate);
}

Result<GaussianRow> run_one(const GaussianLearner& learner, const GaussianPlan& plan) {
  GaussianRow row{.learner = std::string(learner.name), .shots = plan.shots};
  const bool by_lambda = learner.kind == Kind::Posterior;
  const std::vector<double> lambdas = by_lambda ? plan.lambdas : std::vector<double>{0.0};
  Candidate best;
  for (const double lambda : lambdas) {
    for (const double rate : learner.train_rates) {
      MENO_TRY(Candidate candidate, trained(learner, plan, {rate, lambda}, row));
      compare(std::move(candidate), row, best);
    }
  }
  if (!by_lambda) row.lambda_curve.clear();
  if (by_lambda) row.lambda = best.learnt->lambda();
  row.inner_rate = best.rate;
  row.validation_nll = best.nll;
  if (learner.kind != Kind::ClosedForm) {
    const auto trainings = static_cast<double>(lambdas.size() * learner.train_rates.size());
    row.tasks_per_second = trainings * plan.steps * plan.tasks / row.seconds;
  }
  summarise(scores_of(best, learner, plan, best.rate, kTest, plan.test_tasks),
            Rng(plan.seed).fork(kResampling), row);
  return row;
}

Result<Done> check(const GaussianPlan& plan) {
  MENO_TRY_DONE(check_sizes(plan));
  if (plan.lambdas.empty()) return invalid_input("lambdas is empty, expected at least one");
  for (const double lambda : plan.lambdas) {
    if (!(lambda >= 0.0 && lambda <= 1000.0)) {
      return invalid_input(fmt::format("lambda is {}, expected 0 to 1000", lambda));
    }
  }
  return Done{};
}

}  // namespace

std::span<const GaussianLearner> gaussian_learners() { return kLearners; }

Result<std::vector<GaussianRow>> run_gaussian(const GaussianPlan& plan) {
  MENO_TRY_DONE(check(plan));
  MENO_TRY(const std::vector<const GaussianLearner*> learners,
           chosen_learners(gaussian_learners(), plan.learners));
  std::vector<GaussianRow> rows;
  for (const GaussianLearner* learner : learners) {
    MENO_TRY(GaussianRow row, run_one(*learner, plan));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace meno
