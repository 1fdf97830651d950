// The flagship student model: incremental evidence, course statistics, a small recurrent network.
// Source: Meno; equations in docs/evidence.md. Difficulty comes from course statistics, ability
// from the history, so a student is never looked up; without id vectors nothing names an item
// either.
#pragma once

#include <memory>

#include "models/registry.h"

namespace meno {

Result<std::unique_ptr<const StudentModel>> fit_evidence(const Options& options,
                                                         const Cohort& cohort);
Result<std::unique_ptr<const StudentModel>> load_evidence(const Options& options,
                                                          const Tensors& statistics);
/// Keeps the scaling of the features; counts the cohort. Errors: InvalidInput with vectors of
/// skills or items.
Result<std::unique_ptr<const StudentModel>> move_evidence(const Options& options,
                                                          const Tensors& statistics,
                                                          const Cohort& cohort);

/// The same, and with vectors of skills these are the cohort's own. Errors: InvalidInput for
/// statistics of another model.
Result<std::unique_ptr<const StudentModel>> grow_evidence(const Options& options,
                                                          const Tensors& statistics,
                                                          const Cohort& cohort);

}  // namespace meno
