// bkt: Bayesian knowledge tracing, a two-state hidden Markov model per skill.
#pragma once

#include <memory>

#include "models/registry.h"
#include "models/student_model.h"

namespace meno {

/// Each skill has P(known at first), P(learn), P(slip) and P(guess) in unconstrained form: shared
/// value + the skill's own deviation, whose decay pools skills with few answers and gives an
/// unknown skill the shared value. An item of several skills: option combine=mean (default)
/// predicts the mean of its skills' predictions, combine=product their product (Gong, Beck &
/// Heffernan 2010, ITS); either way every skill then sees the answer as if it were its own, as
/// there. An item without a known skill draws on one state shared by all such items. Source:
/// Corbett & Anderson 1995, UMUAI 4. Departures: fitted by gradients instead of EM, and the pooling
/// above.
Result<std::unique_ptr<const StudentModel>> fit_bkt(const Options& options, const Cohort& cohort);
Result<std::unique_ptr<const StudentModel>> load_bkt(const Options& options,
                                                     const Tensors& statistics);

}  // namespace meno
