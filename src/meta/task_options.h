// The options that all learners from tasks share.
#pragma once

#include <string_view>

#include "core/options.h"
#include "meta/adapt.h"
#include "meta/registry.h"

namespace meno {

/// Reads the inner loop's options, "tasks" (the sampler), "tasks_per_step", "support" and "query"
/// (sizes of a task); options of `owner` alone are read before. Errors: InvalidInput for an unknown
/// or bad option, and for fewer than one step, task, or answer.
Result<Done> read_task_learner(OptionReader& reader, std::string_view owner, InnerLoop& inner,
                               TaskPlan& plan);

}  // namespace meno
