#include "tutor/path/mixed_belief.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/link.h"

namespace meno {

MixedBelief::MixedBelief(PracticeBelief practice, const Course& course, const Theories& theories)
    : practice_(std::move(practice)),
      course_(&course),
      theories_(theories),
      surprise_(practice_.model().base.size(), 0.0),
      log_odds_(std::log(theories.prior / (1.0 - theories.prior))) {}

double MixedBelief::persistence() const { return sigmoid(log_odds_); }

double MixedBelief::p_correct(SkillId skill) const {
  const double first = practice_.p_correct(skill);
  const double second =
      mean_sigmoid(practice_.mean(skill) + recent(skill), practice_.variance(skill));
  return first + persistence() * (second - first);
}

double MixedBelief::p_if_recent(ItemId item) const {
  const auto skills = course_->skills_of(item);
  if (skills.empty()) return practice_.p_correct(item);
  const double easy = practice_.model().easy[item.value];
  double sum = 0.0;
  for (const SkillId skill : skills)
    sum += mean_sigmoid(practice_.mean(skill) + recent(skill) + easy, practice_.variance(skill));
  return sum / static_cast<double>(skills.size());
}

void MixedBelief::observe(ItemId item, bool correct) {
  const double first = practice_.p_correct(item);
  const double second = p_if_recent(item);
  const auto given = [correct](double p) {
    return std::log(std::max(correct ? p : 1.0 - p, 1e-6));
  };
  log_odds_ += given(second) - given(first);
  for (const SkillId skill : course_->skills_of(item)) {
    double& surprise = surprise_[skill.value];
    surprise =
        theories_.decay * surprise + (1.0 - theories_.decay) * ((correct ? 1.0 : 0.0) - first);
  }
  practice_.observe(item, correct);
}

}  // namespace meno
