#include "meta/joint_step.h"

#include <utility>

namespace meno {
namespace {

/// What each part counts for; all 0 when no part has any weight.
std::vector<double> shares_of(const std::vector<double>& weights) {
  double whole = 0.0;
  for (const double weight : weights) whole += weight;
  std::vector<double> shares(weights.size(), 0.0);
  for (std::size_t k = 0; k < weights.size() && whole > 0.0; ++k) shares[k] = weights[k] / whole;
  return shares;
}

}  // namespace

MetaStep averaged(std::vector<MetaStep> steps, std::size_t parameters) {
  if (steps.size() == 1 && !steps.front().direction.empty()) return std::move(steps.front());
  std::vector<double> weights;
  MetaStep mean{.loss = 0.0, .direction = Params(parameters, 0.0), .weight = 0.0};
  for (const MetaStep& step : steps) {
    weights.push_back(step.weight);
    mean.weight += step.weight;
  }
  const std::vector<double> shares = shares_of(weights);
  for (std::size_t k = 0; k < steps.size(); ++k) {
    if (shares[k] == 0.0) continue;
    mean.loss += shares[k] * steps[k].loss;
    add_scaled(shares[k], steps[k].direction, mean.direction);
  }
  return mean;
}

Result<JointStep> joined(Ranks& ranks, MetaStep own, std::size_t parameters, bool stop) {
  if (ranks.size() == 1) return JointStep{.step = std::move(own), .stop = stop};
  const double mine[] = {stop ? 1.0 : 0.0, own.weight, own.loss};
  MENO_TRY(const std::vector<double> all, ranks.gather(mine));
  JointStep joint{.step = std::move(own)};
  std::vector<double> weights;
  joint.step.weight = 0.0;
  for (std::size_t r = 0; r < ranks.size(); ++r) {
    joint.stop = joint.stop || all[3 * r] != 0.0;
    weights.push_back(all[3 * r + 1]);
    joint.step.weight += weights.back();
  }
  if (joint.stop) return joint;
  const std::vector<double> shares = shares_of(weights);
  joint.step.loss = 0.0;
  for (std::size_t r = 0; r < ranks.size(); ++r) {
    if (shares[r] != 0.0) joint.step.loss += shares[r] * all[3 * r + 2];
  }
  joint.step.direction.resize(parameters, 0.0);
  ranks.add_up(shares, joint.step.direction);
  return joint;
}

}  // namespace meno
