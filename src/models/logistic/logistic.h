// logistic: Best-LR, logistic regression on the item, its skills and log counts of past wins and
// fails.
#pragma once

#include <memory>

#include "models/registry.h"
#include "models/student_model.h"

namespace meno {

/// logit p = bias + item + sum over the item's skills (level + wins and fails on the skill) + wins
/// and fails in total and on the item, every count n as log(1 + n). Skills weigh their counts each
/// their own way; totals and items share weights. Source: Gervet, Koedinger, Schneider & Mitchell
/// 2020, JEDM 12(3), "Best-LR". Which counts share a weight follows our reading of the method,
/// unchecked against its code. Departure: trained by AdamW with early stopping, not by a batch
/// solver with an L2 penalty.
Result<std::unique_ptr<const StudentModel>> fit_logistic(const Options& options,
                                                         const Cohort& cohort);
Result<std::unique_ptr<const StudentModel>> load_logistic(const Options& options,
                                                          const Tensors& statistics);

}  // namespace meno
