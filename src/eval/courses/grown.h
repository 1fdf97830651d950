// Grown priors: each prior's network with vectors for the course's own skills beside it, trained on
// from where the prior ends. A prior says nothing of a skill by its name; with students enough the
// course's own names are worth having, and the start still is.
#pragma once

#include "eval/courses/course_case.h"

namespace meno {

/// The mean over the priors, each trained on the support as from scratch
/// (trained_on_support()), at the rate that priors are learnt at.
Result<Predictions> grown(const CourseCase& course);

}  // namespace meno
