// Realism: does a learner family foresee real students it was not fitted on? Follows each with a
// particle filter over simulated students, who are weighed by how likely they would have answered
// as he did.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tutor/simulator/learner_family.h"

namespace meno {

struct Realism {
  std::size_t students = 0;
  std::size_t answers = 0;
  double log_loss = 0.0;       // nats, one answer ahead
  double base_log_loss = 0.0;  // of always saying the rate of right answers
  std::optional<double> auc;
  /// Mean share of right answers at a student's n-th answer on a skill, n = 1 .. 8: real answers
  /// and what the family, begun without any answer, expects of the same items.
  std::vector<double> real_curve;
  std::vector<double> simulated_curve;
};

struct RealismPlan {
  std::size_t particles = 64;
  std::size_t longest = 60;  // answers of a student at most
  std::uint64_t seed = 0;
};

/// Source of the filter: Gordon, Salmond & Smith 1993 (bootstrap filter), resampled when fewer than
/// half of the particles count.
Realism realism_of(const LearnerFamily& family, std::span<const Sequence> held_out,
                   const RealismPlan& plan);

}  // namespace meno
