// Use case: the Gaussian problem for some learners, as the document of `meno benchmark gaussian`.
#pragma once

#include "core/json_fwd.h"
#include "eval/reference/gaussian.h"

namespace meno {

/// {"problem", "seed", "steps", "tasks_per_step", "test_tasks", "rows": [{"learner", "source",
/// "shots", "accuracy", "nll", "ece", each with its "..._half_width", "inner_rate",
/// "validation_nll", "lambda" (null where there is none), "lambda_curve": [{"lambda", "nll"}],
/// "tasks_per_second", "seconds", "diverged"}]}. Errors: as run_gaussian.
Result<Json> benchmark_gaussian(const GaussianPlan& plan);

}  // namespace meno
