// gru, evidence: a trained student model as a learner. He answers right with the probability that
// the model predicts for him, and the model then observes his answer. Source: the simulators of
// learning-path research, e.g. KES in Liu et al. 2019 (KDD, CSEAL), which is deep knowledge tracing
// run forward. What such a learner "knows" is what the model believes of him: an answer moves it
// both as evidence and as practice, and the two cannot be told apart.
#pragma once

#include "tutor/simulator/learner_family.h"

namespace meno {

/// Errors: those of train().
Result<std::unique_ptr<const LearnerFamily>> fit_gru_learner(const PracticeData& data,
                                                             const FamilyFit& options);
Result<std::unique_ptr<const LearnerFamily>> fit_evidence_learner(const PracticeData& data,
                                                                  const FamilyFit& options);

}  // namespace meno
