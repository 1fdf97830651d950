#include "tutor/replay/estimators.h"

#include <algorithm>

namespace meno {

PolicyValue policy_value(std::span<const LoggedDecision> decisions,
                         std::span<const double> weight) {
  PolicyValue sums;
  double count = 0.0;
  double mass = 0.0;
  for (const LoggedDecision& one : decisions) {
    const double times = weight[one.student];
    const double w = one.p_policy / one.p_logged;
    sums.ips += times * w * one.reward;
    sums.direct += times * one.expected;
    sums.doubly += times * (one.expected + w * (one.reward - one.foreseen));
    mass += times * w;
    count += times;
  }
  if (count == 0.0) return {};
  return {.ips = sums.ips / count,
          .snips = mass > 0.0 ? sums.ips / mass : 0.0,
          .direct = sums.direct / count,
          .doubly = sums.doubly / count};
}

Overlap overlap_of(std::span<const LoggedDecision> decisions) {
  Overlap overlap;
  double squares = 0.0;
  for (const LoggedDecision& one : decisions) {
    const double w = one.p_policy / one.p_logged;
    overlap.mean_weight += w;
    squares += w * w;
    overlap.most_weight = std::max(overlap.most_weight, w);
    overlap.agreement += one.p_policy;
  }
  if (squares > 0.0) overlap.effective = overlap.mean_weight * overlap.mean_weight / squares;
  const auto count = static_cast<double>(std::max<std::size_t>(1, decisions.size()));
  overlap.mean_weight /= count;
  overlap.agreement /= count;
  return overlap;
}

}  // namespace meno
