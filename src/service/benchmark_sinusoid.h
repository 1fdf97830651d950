// Use case: the sinusoid problem for some learners, as the document of `meno benchmark sinusoid`.
#pragma once

#include "core/json_fwd.h"
#include "eval/reference/sinusoid.h"

namespace meno {

/// {"problem", "seed", "steps", "tasks_per_step", "test_tasks", "rows": [{"learner", "source",
/// "shots", "mse": {"1", "5", "10"}, "mse_half_width": {...}, "inner_rate", "tasks_per_second",
/// "seconds", "diverged"}]}. Errors: as run_sinusoid.
Result<Json> benchmark_sinusoid(const SinusoidPlan& plan);

}  // namespace meno
