#include "meta/bayes/bayes.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "meta/bayes/posterior.h"
#include "meta/task_options.h"

namespace meno {
namespace {

/// Beyond it the posterior is the prior for any task that fits in memory.
constexpr double kMostLambda = 1000.0;

/// A log standard deviation per parameter of the model, block by block.
ParamLayout prior_layout(const ParamLayout& model, double spread) {
  ParamLayout prior;
  for (const ParamBlock& block : model.blocks()) {
    prior.add({.name = "log_sd." + block.name,
               .shape = block.shape,
               .start = ParamBlock::Start::Constant,
               .scale = std::log(spread),
               .weight_decay = 0.0});
  }
  return prior;
}

InnerLoop with_log_sd(const InnerLoop& inner, ParamView learnt) {
  InnerLoop own = inner;
  own.prior->log_sd.assign(learnt.begin(), learnt.end());
  return own;
}

Result<Done> check_prior(const GaussianPrior& prior) {
  if (!(prior.lambda >= 0.0 && prior.lambda <= kMostLambda)) {
    return invalid_input(
        fmt::format("bayes: lambda is {}, expected 0 to {}", prior.lambda, kMostLambda));
  }
  if (!(prior.spread > 0.0 && std::isfinite(prior.spread))) {
    return invalid_input(
        fmt::format("bayes: spread is {}, expected above 0 and finite", prior.spread));
  }
  if (prior.pairs < 1) {
    return invalid_input(fmt::format("bayes: pairs is {}, expected 1 or more", prior.pairs));
  }
  return Done{};
}

}  // namespace

MetaStep Bayes::operator()(const StudentModel& model, ParamView theta,
                           std::span<const EncodedTask> batch, std::uint64_t seed) const {
  const std::size_t size = model.layout().size();
  const PosteriorPlan plan(model.layout(), with_log_sd(inner, theta.subspan(size)));
  MetaStep step{.direction = Params(theta.size(), 0.0),
                .weight = static_cast<double>(batch.size())};
  const std::span<double> direction(step.direction);
  const StudentTasks tasks(model);
  Variational<StudentTasks> q(tasks);
  for (const EncodedTask& task : batch) {
    const std::size_t support = scored_in(task.support);
    std::vector<const Encoded*> scored = task.query;
    if (score_support) scored.insert(scored.end(), task.support.begin(), task.support.end());
    VariationalSteps loop = plan.steps_for(support, seed);
    loop.price = plan.lambda / static_cast<double>(support + scored_in(task.query));
    step.loss += q.gradient(theta.first(size), task.support, scored, loop, direction.first(size),
                            direction.subspan(size))[0];
  }
  const double per_task = 1.0 / static_cast<double>(std::max<std::size_t>(1, batch.size()));
  step.loss *= per_task;
  for (double& value : step.direction) value *= per_task;
  return step;
}

Result<LearnerSetup> make_bayes(const Options& options) {
  Bayes bayes;
  TaskPlan plan;
  GaussianPrior prior;
  OptionReader reader(options);
  reader.read("lambda", prior.lambda);
  reader.read("spread", prior.spread);
  reader.read("pairs", prior.pairs);
  reader.read("score_support", bayes.score_support);
  MENO_TRY_DONE(read_task_learner(reader, "bayes", bayes.inner, plan));
  bayes.inner.prior = prior;
  MENO_TRY_DONE(check_prior(prior));
  const double spread = prior.spread;
  return LearnerSetup{
      .step = bayes,
      .tasks = plan,
      .inner = bayes.inner,
      .own = [spread](const ParamLayout& model) { return prior_layout(model, spread); },
      .with_learnt = &with_log_sd};
}

}  // namespace meno
