#include "tutor/mastery/propagation.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

double logit_of(double p) {
  const double inside = std::clamp(p, 0.01, 0.99);
  return std::log(inside / (1.0 - inside));
}
double p_of(double logit) { return 1.0 / (1.0 + std::exp(-logit)); }

/// Normal in logits with the mean and the band of a mastery.
struct Belief {
  double mean = 0.0;
  double variance = 1.0;
};

Belief belief_of(const SkillMastery& mastery, double z) {
  const double p = std::clamp(mastery.p_mastery, 0.01, 0.99);
  const double sd = (mastery.high - mastery.low) / (2.0 * z) / (p * (1.0 - p));
  return {.mean = logit_of(p), .variance = std::max(sd * sd, 1e-4)};
}

}  // namespace

std::vector<std::optional<InferredMastery>> propagated(std::span<const SkillMastery> skills,
                                                       std::span<const double> p_unknown,
                                                       const SkillGraph& graph,
                                                       const PropagationRules& rules) {
  std::vector<std::optional<InferredMastery>> made(skills.size());
  std::vector<std::size_t> place(graph.skills(), skills.size());
  for (std::size_t k = 0; k < skills.size(); ++k) place[skills[k].skill.value] = k;
  const double r = rules.correlation;
  for (std::size_t k = 0; k < skills.size(); ++k) {
    if (skills[k].answers >= rules.mastery.min_answers) continue;
    const Belief own = belief_of(skills[k], rules.mastery.z);
    const double base = logit_of(p_unknown[k]);
    const double level = own.mean - base;
    double precision = 1.0 / own.variance;
    double weighted = level * precision;
    InferredMastery inferred;
    const auto hear = [&](SkillId neighbour) {
      const std::size_t at = place[neighbour.value];
      if (at == skills.size() || skills[at].answers < rules.mastery.min_answers) return;
      const Belief other = belief_of(skills[at], rules.mastery.z);
      const double says = 1.0 / (r * r * other.variance + (1.0 - r * r) * rules.spread);
      precision += says;
      const double deviation = other.mean - logit_of(p_unknown[at]);
      weighted += says * (level + r * (deviation - level));
      inferred.from.push_back(neighbour);
    };
    for (const SkillId before : graph.prerequisites(skills[k].skill)) hear(before);
    for (const SkillId after : graph.dependents(skills[k].skill)) hear(after);
    if (inferred.from.empty()) continue;
    std::sort(inferred.from.begin(), inferred.from.end());
    const double mean = base + weighted / precision;
    const double half = rules.mastery.z / std::sqrt(precision);
    inferred.p_mastery = p_of(mean);
    inferred.low = p_of(mean - half);
    inferred.high = p_of(mean + half);
    made[k] = std::move(inferred);
  }
  return made;
}

}  // namespace meno
