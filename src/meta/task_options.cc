#include "meta/task_options.h"

#include <fmt/format.h>

namespace meno {

Result<Done> read_task_learner(OptionReader& reader, std::string_view owner, InnerLoop& inner,
                               TaskPlan& plan) {
  int support = static_cast<int>(plan.shape.support);
  int query = static_cast<int>(plan.shape.query);
  read_inner_loop(reader, inner);
  reader.read("tasks", plan.sampler);
  reader.read("tasks_per_step", plan.per_step);
  reader.read("support", support);
  reader.read("query", query);
  MENO_TRY_DONE(reader.finish(owner));
  MENO_TRY_DONE(check_inner_loop(inner, owner));
  if (inner.steps < 1 || plan.per_step < 1 || support < 1 || query < 1) {
    return invalid_input(
        fmt::format("{}: inner_steps is {}, tasks_per_step {}, support {}, query {}, expected "
                    "1 or more each",
                    owner, inner.steps, plan.per_step, support, query));
  }
  plan.shape.support = static_cast<std::size_t>(support);
  plan.shape.query = static_cast<std::size_t>(query);
  return Done{};
}

}  // namespace meno
