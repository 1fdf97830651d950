// MixedBelief: what answers say of a student under two theories side by side, and how far each is
// believed of him. The first is PracticeBelief, the additive model of practice. The second reads
// his recent answers on a skill as what he can do now: it adds
//   effect e_s,  e_s <- decay e_s + (1 - decay) (y - p)  after an answer y that was foreseen as p
// by the first. It is believed by Bayes' rule: prior odds times the ratio of what either gave each
// answer so far. Sources: recent-performance factors, Galyardt & Goldin 2015 (JEDM 7); Bayesian
// model averaging, Hoeting, Madigan, Raftery & Volinsky 1999. Departures: one effect for all
// courses, and residuals in place of the share of right answers.
#pragma once

#include <vector>

#include "tutor/path/planner.h"
#include "tutor/path/practice_belief.h"

namespace meno {

/// How the second theory reads answers, and what is believed of it beforehand. Effect and decay
/// were found by validation on simulated schools (docs/paths.md).
struct Theories {
  double prior = kPersistencePrior;  // of the second, in (0, 1)
  double effect = 5.0;               // logits
  double decay = 0.7;
};

/// Not thread-safe; copyable. What PracticeBelief refers to must outlive it.
class MixedBelief {
 public:
  explicit MixedBelief(PracticeBelief practice, const Course& course,
                       const Theories& theories = {});

  void observe(ItemId item, bool correct);

  /// Under the first theory.
  const PracticeBelief& practice() const { return practice_; }
  /// Logits that recent answers add to practice().mean(skill) under the second.
  double recent(SkillId skill) const { return theories_.effect * surprise_[skill.value]; }
  /// Posterior probability of the second, in (0, 1).
  double persistence() const;
  /// P(right) on a standard item of the skill, over both.
  double p_correct(SkillId skill) const;

 private:
  double p_if_recent(ItemId item) const;

  PracticeBelief practice_;
  const Course* course_;
  Theories theories_;
  std::vector<double> surprise_;  // [S] e
  double log_odds_;               // of the second theory
};

}  // namespace meno
