// A policy trained by reinforcement on simulated students, of families other than it is judged on
// (contest.cc), as the literature does it and as our planner is measured against.
//
// pi(a) = softmax(w . phi(a)) over the candidates; phi is what the planner's belief says of a
// skill. An episode is one simulated student's errand, its reward E_p. Gradient of the expected
// reward:
//   sum_t (phi(a_t) - E_pi phi) (R - mean R of the same student's other episodes),
// with Adam. When it is judged it takes the most likely skill. Sources: Williams 1992 (REINFORCE);
// Kool, van Hoof & Welling 2019 (the leave-one-out baseline); for teaching, Iglesias et al. 2009,
// Reddy, Levine & Dragan 2017, and the review of Doroudi, Aleven & Brunskill 2019. Departure:
// linear in features of a belief, where the newer ones learn a network from answers.
#pragma once

#include <array>
#include <memory>

#include "tutor/path/errand.h"
#include "tutor/path/policy.h"

namespace meno {

inline constexpr std::size_t kPolicyFeatures = 10;
using PolicyWeights = std::array<double, kPolicyFeatures>;

struct ReinforcePlan {
  int rounds = 120;
  std::size_t students = 8;  // a round, each in `episodes` episodes
  std::size_t episodes = 4;
  double rate = 0.05;
  std::uint64_t seed = 0;
};

/// Trained on the families in turn, over the errands in turn, at 5, 10 and 20 steps. Errors:
/// Unavailable on Ctrl-C.
Result<PolicyWeights> train_reinforce(const PathWorld& world,
                                      std::span<const LearnerFamily* const> families,
                                      std::span<const Errand> errands, const ReinforcePlan& plan);

/// What training elsewhere works with.
struct TrainingGround {
  std::span<const double> answers;  // [S] in the records, of a skill that may be a goal
  ErrandRules errands = {};
  FamilyFit fit = {};
};

/// The weights for a contest in the family `judged`: trained on students of `additive`, `states`
/// and `memory`, less that one, all fitted on `known`, the records that the world itself is made
/// from. Errors: those of fitting; Unavailable on Ctrl-C.
Result<PolicyWeights> reinforced_elsewhere(const PathWorld& world, const PracticeData& known,
                                           std::string_view judged, const TrainingGround& ground);

/// By task.world.reinforced; untrained, the skill of the largest expected gain.
std::unique_ptr<PathPolicy> make_reinforce_policy(const PathTask& task);

}  // namespace meno
