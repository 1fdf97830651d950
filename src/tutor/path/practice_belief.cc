#include "tutor/path/practice_belief.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/link.h"

namespace meno {

double mean_sigmoid(double mean, double variance) {
  return sigmoid(mean / std::sqrt(1.0 + std::numbers::pi / 8.0 * variance));
}

PracticeBelief::PracticeBelief(const AdditiveModel& model, const Course& course,
                               const SkillGraph& graph, double keep)
    : model_(&model),
      course_(&course),
      graph_(&graph),
      keep_(keep),
      skills_(model.base.size()),
      precision_(1.0 / (model.ability_sd * model.ability_sd)) {}

double PracticeBelief::offset(SkillId skill) const {
  const Skill& own = skills_[skill.value];
  const double faded =
      own.last == 0 ? 0.0 : model_->forget * std::log1p(std::min(count_ - own.last, 199U));
  return model_->base[skill.value] + own.practised - faded;
}

double PracticeBelief::mean(SkillId skill) const {
  const Skill& own = skills_[skill.value];
  const double own_precision = 1.0 / (model_->own_sd * model_->own_sd);
  const double delta = (own.information - own.weight * theta()) / (own_precision + own.weight);
  return theta() + delta + offset(skill);
}

double PracticeBelief::variance(SkillId skill) const {
  const Skill& own = skills_[skill.value];
  const double own_precision = 1.0 / (model_->own_sd * model_->own_sd);
  const double kept = own_precision / (own_precision + own.weight);
  return kept * kept / precision_ + 1.0 / (own_precision + own.weight);
}

double PracticeBelief::p_correct(SkillId skill) const {
  return mean_sigmoid(mean(skill), variance(skill));
}

double PracticeBelief::p_correct(ItemId item) const {
  const auto skills = course_->skills_of(item);
  if (skills.empty()) return mean_sigmoid(theta() + model_->easy[item.value], 1.0 / precision_);
  double sum = 0.0;
  for (const SkillId skill : skills)
    sum += mean_sigmoid(mean(skill) + model_->easy[item.value], variance(skill));
  return sum / static_cast<double>(skills.size());
}

double PracticeBelief::ready(SkillId skill) const {
  const auto needs = graph_->prerequisites(skill);
  double least = 1.0;
  for (const SkillId need : needs) least = std::min(least, p_correct(need));
  return needs.empty() ? 0.5 : least;
}

void PracticeBelief::add(SkillId skill, double weight, double pseudo) {
  Skill& own = skills_[skill.value];
  const double own_precision = 1.0 / (model_->own_sd * model_->own_sd);
  const auto kept = [&] { return own_precision / (own_precision + own.weight); };
  // What the skill says of theta changes as a whole: take the old out, put the new in.
  precision_ -= own.weight * kept();
  pull_ -= own.information * kept();
  own.weight = keep_ * own.weight + weight;
  own.information = keep_ * own.information + weight * pseudo;
  precision_ += own.weight * kept();
  pull_ += own.information * kept();
}

void PracticeBelief::observe(ItemId item, bool correct) {
  ++count_;
  const auto skills = course_->skills_of(item);
  const double share = 1.0 / static_cast<double>(std::max<std::size_t>(skills.size(), 1));
  for (const SkillId skill : skills) {
    const double logit = mean(skill) + model_->easy[item.value];
    const double p = mean_sigmoid(logit, variance(skill));
    const double weight = std::max(p * (1.0 - p), 0.02);
    const double now = mean(skill) - offset(skill);  // of theta + delta
    add(skill, share * weight, now + ((correct ? 1.0 : 0.0) - p) / weight);
    Skill& own = skills_[skill.value];
    own.practised += model_->gain[skill.value] * practice_step(*model_, own.answers, ready(skill));
    own.answers += 1.0;
    own.last = count_;
  }
}

}  // namespace meno
