#include "meta/maml/maml.h"

#include <algorithm>

#include "meta/task_options.h"
#include "meta/unrolled/student_tasks.h"

namespace meno {
namespace {

Result<LearnerSetup> make(const Options& options, std::string_view owner, Maml maml) {
  TaskPlan plan;
  OptionReader reader(options);
  MENO_TRY_DONE(read_task_learner(reader, owner, maml.inner, plan));
  return LearnerSetup{.step = maml, .tasks = plan, .inner = maml.inner};
}

/// A rate per parameter of the model, block by block.
ParamLayout rates_layout(const ParamLayout& model, double rate) {
  ParamLayout rates;
  for (const ParamBlock& block : model.blocks()) {
    rates.add({.name = "rate." + block.name,
               .shape = block.shape,
               .start = ParamBlock::Start::Constant,
               .scale = rate * block.rate_scale,
               .weight_decay = 0.0});
  }
  return rates;
}

/// A parameter that the inner loop leaves alone has no use for its rate.
void clear_unused(const ParamLayout& model, const InnerLoop& inner, std::span<double> by_rate) {
  for (std::size_t b = 0; b < model.blocks().size(); ++b) {
    const ParamBlock& block = model.blocks()[b];
    if (inner.adapts(block)) continue;
    const std::span<double> unused = by_rate.subspan(model.offset(b), block.size());
    std::fill(unused.begin(), unused.end(), 0.0);
  }
}

}  // namespace

MetaStep Maml::operator()(const StudentModel& model, ParamView theta,
                          std::span<const EncodedTask> batch, std::uint64_t /*seed*/) const {
  const std::size_t size = model.layout().size();
  const ParamView start = theta.first(size);
  InnerLoop loop = inner;
  if (learns_rates)
    loop.rates.assign(theta.begin() + static_cast<std::ptrdiff_t>(size), theta.end());
  const Params rates = inner_rates(model.layout(), loop);
  MetaStep step{.direction = Params(theta.size(), 0.0),
                .weight = static_cast<double>(batch.size())};
  const std::span<double> direction(step.direction);
  const std::span<double> by_rate = direction.subspan(size);
  const StudentTasks tasks(model);
  Unrolled<StudentTasks> unrolled(tasks);
  for (const EncodedTask& task : batch) {
    const std::size_t scored = scored_in(task.support);
    const double answers = static_cast<double>(std::max<std::size_t>(1, scored));
    const auto losses = unrolled.gradient(start, task.support, task.query,
                                          {.steps = scored == 0 ? 0 : inner.steps,
                                           .rates = rates,
                                           .pull = inner.pull / answers,
                                           .second = second},
                                          direction.first(size), by_rate);
    step.loss += losses[0];
  }
  const double per_task = 1.0 / static_cast<double>(std::max<std::size_t>(1, batch.size()));
  step.loss *= per_task;
  for (double& value : step.direction) value *= per_task;
  if (learns_rates) clear_unused(model.layout(), inner, by_rate);
  return step;
}

Result<LearnerSetup> make_maml(const Options& options) { return make(options, "maml", {}); }

Result<LearnerSetup> make_fomaml(const Options& options) {
  return make(options, "fomaml", {.inner = {}, .second = false});
}

Result<LearnerSetup> make_anil(const Options& options) {
  return make(options, "anil", {.inner = {.head_only = true}});
}

Result<LearnerSetup> make_meta_sgd(const Options& options) {
  MENO_TRY(LearnerSetup setup, make(options, "meta-sgd", {.inner = {}, .learns_rates = true}));
  const double rate = setup.inner.rate;
  setup.own = [rate](const ParamLayout& model) { return rates_layout(model, rate); };
  setup.with_learnt = [](const InnerLoop& inner, ParamView learnt) {
    InnerLoop own = inner;
    own.rates.assign(learnt.begin(), learnt.end());
    return own;
  };
  return setup;
}

}  // namespace meno
