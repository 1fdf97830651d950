#include "meta/reptile/reptile.h"

#include <algorithm>

#include <fmt/format.h>

namespace meno {

MetaStep Reptile::operator()(const StudentModel& model, ParamView theta,
                             std::span<const EncodedTask> batch, std::uint64_t /*seed*/) const {
  MetaStep step{.direction = Params(theta.size(), 0.0),
                .weight = static_cast<double>(batch.size())};
  const double per_task = 1.0 / static_cast<double>(std::max<std::size_t>(1, batch.size()));
  const double scale = per_task / (inner.rate * std::max(1, inner.steps));
  for (const EncodedTask& task : batch) {
    std::vector<const Encoded*> windows = task.support;
    windows.insert(windows.end(), task.query.begin(), task.query.end());
    double loss = 0.0;
    const Params moved = adapted(model, theta, inner, windows, &loss);
    step.loss += per_task * loss;
    for (std::size_t i = 0; i < moved.size(); ++i)
      step.direction[i] += scale * (theta[i] - moved[i]);
  }
  return step;
}

Result<LearnerSetup> make_reptile(const Options& options) {
  Reptile reptile;
  TaskPlan plan;
  int support = static_cast<int>(plan.shape.support);
  int query = static_cast<int>(plan.shape.query);
  OptionReader reader(options);
  read_inner_loop(reader, reptile.inner);
  reader.read("tasks", plan.sampler);
  reader.read("tasks_per_step", plan.per_step);
  reader.read("support", support);
  reader.read("query", query);
  MENO_TRY_DONE(reader.finish("reptile"));
  MENO_TRY_DONE(check_inner_loop(reptile.inner, "reptile"));
  if (reptile.inner.steps < 1 || plan.per_step < 1 || support < 1 || query < 1) {
    return invalid_input(
        fmt::format("reptile: inner_steps is {}, tasks_per_step {}, support {}, query {}, expected "
                    "1 or more each",
                    reptile.inner.steps, plan.per_step, support, query));
  }
  plan.shape.support = static_cast<std::size_t>(support);
  plan.shape.query = static_cast<std::size_t>(query);
  return LearnerSetup{.step = reptile, .tasks = plan, .inner = reptile.inner};
}

}  // namespace meno
