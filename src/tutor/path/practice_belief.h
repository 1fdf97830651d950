// PracticeBelief: what answers say of a student under the additive model of practice, as a Gaussian
// over his ability and his own level on every skill. O(skills of the item) per answer, no look at
// the past.
//
// theta ~ N(0, ability_sd^2), delta_s ~ N(0, own_sd^2), and each answer adds Laplace's
// approximation of its likelihood: weight w = p (1 - p) and pseudo-observation of theta + delta_s.
// All answers on one skill touch theta and that delta alone, so the precision matrix is an arrow
// (theta in the corner) and its posterior is exact in closed form:
//   Var theta = 1 / (1/sd^2 + sum_s A_s k_s),  k_s = own_precision / (own_precision + A_s),
//   A_s = sum of the weights on s.
// Before an answer on s, A_s and what was observed of it are multiplied by `keep`: a level moves
// with practice in ways that the model does not foresee, so older answers say less (discounting,
// West & Harrison 1997). Source: extended Kalman filtering of item response models, e.g. Weng & Lin
// 2011 (JMLR 12).
#pragma once

#include <vector>

#include "domain/course.h"
#include "domain/skill_graph.h"
#include "tutor/simulator/additive/additive_model.h"

namespace meno {

/// Not thread-safe; copyable. The model, course and graph must outlive it.
class PracticeBelief {
 public:
  /// `keep` in (0, 1]; 1 forgets nothing.
  PracticeBelief(const AdditiveModel& model, const Course& course, const SkillGraph& graph,
                 double keep = 1.0);

  void observe(ItemId item, bool correct);

  /// Of theta + delta + base + what practice has added, on a standard item, in logits.
  double mean(SkillId skill) const;
  double variance(SkillId skill) const;
  /// P(right) on this item.
  double p_correct(ItemId item) const;
  /// P(right) on a standard item of the skill, its uncertainty averaged over.
  double p_correct(SkillId skill) const;
  double answers(SkillId skill) const { return skills_[skill.value].answers; }
  /// The least p_correct among the direct prerequisites; .5 without any.
  double ready(SkillId skill) const;
  const AdditiveModel& model() const { return *model_; }

 private:
  struct Skill {
    double weight = 0.0;       // A_s
    double information = 0.0;  // sum of w z, z the pseudo-observations of theta + delta
    double practised = 0.0;    // logits that practice has added
    double answers = 0.0;
    std::uint32_t last = 0;
  };
  double theta() const { return pull_ / precision_; }
  double offset(SkillId skill) const;
  void add(SkillId skill, double weight, double pseudo);

  const AdditiveModel* model_;
  const Course* course_;
  const SkillGraph* graph_;
  double keep_;
  std::vector<Skill> skills_;  // [S]
  double precision_;           // of theta, the deltas integrated out
  double pull_ = 0.0;          // precision times mean
  std::uint32_t count_ = 0;
};

/// E[sigmoid(x)] for x ~ N(mean, variance), MacKay's approximation (1992).
double mean_sigmoid(double mean, double variance);

}  // namespace meno
