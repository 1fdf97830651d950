// The additive model of practice, which both the family `additive` and the path planner's belief
// are made of.
//
//   logit P(right) = theta + mean over the item's skills of level_s + b_item
//   level_s = delta_s + base_s + gain_s X_s - forget log(1 + gap_s)
//   X_s grows by (1 + ready_effect (2 ready - 1)) / (n + 1)^power per answer,
//
// theta ~ N(0, ability_sd^2) the student, delta_s ~ N(0, own_sd^2) his own of each skill, n the
// answers on the skill so far, gap_s the answers since the last of them (no term before the first),
// ready in [0, 1] the least P(right) among the skill's direct prerequisites (1/2, no effect,
// without any). Sources: additive factors, Cen, Koedinger & Junker 2006 (ITS), with a power law of
// practice (Newell & Rosenbloom 1981), logarithmic for power 1; random effects as in item response
// theory. Departure: readiness, and gain that does not depend on the answer, so that a lucky streak
// is ability and not learning.
//
// Fit: penalised maximum likelihood, alternating the students' effects (Newton, exactly by the
// arrow shape of their Hessian) with steps of AdaGrad on what students share; both variances by
// their expected value under Laplace's approximation (Dempster, Laird & Rubin 1977).
#pragma once

#include <cstdint>
#include <vector>

#include "tutor/simulator/learner_family.h"

namespace meno {

struct AdditiveModel {
  double ability_sd = 0.8;
  double own_sd = 0.5;
  double ready_effect = 0.0;  // in [0, 1]
  double forget = 0.0;        // >= 0
  double power = 1.0;         // how soon practice of one skill is worth less, >= 0
  std::vector<double> base;   // [S] logits
  std::vector<double> gain;   // [S] logits of the first answer, >= 0
  std::vector<double> easy;   // [I] logits
};

/// Errors: InvalidInput without answers; Unavailable on Ctrl-C.
/// `power` is not fitted.
Result<AdditiveModel> fit_additive_model(const PracticeData& data, const FamilyFit& options,
                                         double power = 1.0);

/// What one more answer adds to X_s after `answers` answers.
double practice_step(const AdditiveModel& model, double answers, double ready);

}  // namespace meno
