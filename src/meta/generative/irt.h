// irt: the plain simulator that a learnt generator must beat. An ability per student, and answers
// logistic in it, in the ease of the item and in past wins and fails.
#pragma once

#include "meta/generative/evidence_row.h"
#include "meta/generative/generator.h"

namespace meno {

/// p = sigmoid(theta + w . row), theta ~ N(0, ability_sd^2), row cut at kOwnEvidence.
struct AbilityModel {
  std::array<double, kOwnEvidence> weights{};
  double ability_sd = 1.0;
};

/// Weights and spread that make the answers most probable, by EM with each student's ability
/// normal about its mode (Laplace). Source: Bock & Aitkin 1981, Psychometrika 46; Tierney & Kadane
/// 1986 for the mode. A weak prior keeps it defined for one student.
AbilityModel fitted_abilities(std::span<const EncodedStudent> students);

/// Source: Rasch 1960 with the wins and fails of performance factors (Pavlik, Cen & Koedinger
/// 2009). Option `leave` in [0, 1], .1 if absent: ItemWalk's p_leave.
Result<std::unique_ptr<const StudentGenerator>> fit_irt(const Options& options,
                                                        const GenerativeCohort& cohort);

}  // namespace meno
