#include "meta/reptile/reptile.h"

#include <algorithm>

#include "meta/task_options.h"

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
  OptionReader reader(options);
  MENO_TRY_DONE(read_task_learner(reader, "reptile", reptile.inner, plan));
  return LearnerSetup{.step = reptile, .tasks = plan, .inner = reptile.inner};
}

}  // namespace meno
