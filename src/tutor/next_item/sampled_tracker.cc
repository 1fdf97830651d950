#include "tutor/next_item/sampled_tracker.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

/// Variance of the log odds of p = .5 seen in n trials: 1 / (n p (1 - p)).
constexpr double kVarianceOfOne = 4.0;

double shifted(double p, double logits) {
  const double odds = p / (1.0 - p) * std::exp(logits);
  return std::clamp(odds / (1.0 + odds), 1e-6, 1.0 - 1e-6);
}

}  // namespace

SampledTracker::SampledTracker(const Tracker& student, const LearningRecord& record,
                               std::size_t skills, const MasteryRules& rules, Rng& rng)
    : student_(student.clone()) {
  shift_.reserve(skills);
  for (std::size_t s = 0; s < skills; ++s) {
    const auto answers = static_cast<double>(record.skill(SkillId(s)).answers);
    const double n = rules.prior_answers + std::min(answers, rules.cap_answers);
    shift_.push_back(rng.normal() * std::sqrt(kVarianceOfOne / n));
  }
}

void SampledTracker::p_correct(std::span<const Target> targets, std::span<double> p_correct) const {
  student_->p_correct(targets, p_correct);
  for (std::size_t k = 0; k < targets.size(); ++k) {
    if (targets[k].skills.empty()) continue;
    double sum = 0.0;
    for (const SkillId skill : targets[k].skills) sum += shift_[skill.value];
    p_correct[k] = shifted(p_correct[k], sum / static_cast<double>(targets[k].skills.size()));
  }
}

std::unique_ptr<Tracker> SampledTracker::clone() const {
  return std::unique_ptr<Tracker>(new SampledTracker(student_->clone(), shift_));
}

}  // namespace meno
