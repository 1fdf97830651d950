// Off-policy estimators: what a policy would have gained on decisions that another one took.
// Logged decisions with propensities -> the value of a policy, with what tells whether to believe
// it.
#pragma once

#include <span>
#include <vector>

namespace meno {

/// One logged decision as an estimator sees it: contexts and actions have become numbers.
struct LoggedDecision {
  std::size_t student = 0;
  double reward = 0.0;
  double p_logged = 1.0;  // of the action taken, under the policy that logged it, in (0, 1]
  double p_policy = 0.0;  // of the same action under the policy to be judged
  double foreseen = 0.0;  // the reward model's, of the action taken
  double expected = 0.0;  // the same, averaged over the actions of the policy to be judged
};

/// Mean rewards a decision.
struct PolicyValue {
  double ips = 0.0;     // inverse propensity: mean w r, w = p_policy / p_logged
  double snips = 0.0;   // self-normalised: sum w r / sum w; 0 where no weight is above 0
  double direct = 0.0;  // the reward model alone: mean expected
  double doubly = 0.0;  // doubly robust: mean expected + w (r - foreseen)
};

/// Decisions of student u count weight[u] times. With right propensities, each at least p_policy's
/// support, `ips` and `doubly` are unbiased; with a right reward model `direct` and `doubly` are.
/// `snips` trades a bias that vanishes for less variance. Sources: Horvitz & Thompson 1952;
/// Swaminathan & Joachims 2015 (NeurIPS), self-normalised; Dudik, Langford & Li 2011 (ICML), doubly
/// robust.
PolicyValue policy_value(std::span<const LoggedDecision> decisions, std::span<const double> weight);

/// Whether the log says enough of the policy.
struct Overlap {
  double effective = 0.0;    // (sum w)^2 / sum w^2: decisions that the estimate rests on
  double mean_weight = 0.0;  // 1 up to chance where propensities are right
  double most_weight = 0.0;
  double agreement = 0.0;  // mean p_policy of what was logged
};
Overlap overlap_of(std::span<const LoggedDecision> decisions);

}  // namespace meno
