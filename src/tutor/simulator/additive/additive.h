// additive: students of the additive model of practice (additive_model.h).
#pragma once

#include "tutor/simulator/learner_family.h"

namespace meno {

/// Errors: those of fit_additive_model.
Result<std::unique_ptr<const LearnerFamily>> fit_additive(const PracticeData& data,
                                                          const FamilyFit& options);

}  // namespace meno
