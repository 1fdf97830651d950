#include "tutor/simulator/environment.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

constexpr std::size_t kExamItems = 5;

}  // namespace

SkillItems::SkillItems(const Course& course)
    : all_(course.skills.size()), exam_(course.skills.size()) {
  std::vector<std::size_t> alone(course.skills.size(), 0);
  for (const bool single : {true, false}) {
    for (std::size_t i = 0; i < course.items.size(); ++i) {
      const auto skills = course.skills_of(ItemId(i));
      if ((skills.size() == 1) != single) continue;
      for (const SkillId skill : skills) {
        all_[skill.value].push_back(ItemId(i));
        if (single) ++alone[skill.value];
      }
    }
  }
  for (std::size_t s = 0; s < all_.size(); ++s) {
    const std::size_t from = alone[s] > 0 ? alone[s] : all_[s].size();
    const std::size_t count = std::min(kExamItems, from);
    for (std::size_t k = 0; k < count; ++k) exam_[s].push_back(all_[s][k * from / count]);
  }
}

void PracticeEnvironment::reset(std::uint64_t seed) {
  rng_ = Rng(mix64(seed));
  Rng own = rng_.fork(0);
  learner_ = family_.new_learner(own);
  pace_ = engagement_.pace_sd * own.normal();
  steps_ = 0;
}

PracticeStep PracticeEnvironment::step(ItemId item, SkillId skill) {
  Rng rng = rng_.fork(++steps_);
  PracticeStep step;
  step.correct = rng.chance(learner_->p_correct(item));
  const double log_s = engagement_.log_s[skill.value] + (step.correct ? 0.0 : engagement_.wrong) +
                       pace_ + engagement_.noise_sd * rng.normal();
  step.seconds = std::clamp(std::exp(log_s), 0.5, 600.0);
  step.stopped =
      rng.chance(step.correct ? engagement_.stop_after_right : engagement_.stop_after_wrong);
  learner_->practise(item, step.correct, rng);
  return step;
}

double PracticeEnvironment::mastery(SkillId skill) const {
  const auto exam = items_.exam(skill);
  if (exam.empty()) return 0.5;
  double sum = 0.0;
  for (const ItemId item : exam) sum += learner_->p_correct(item);
  return sum / static_cast<double>(exam.size());
}

}  // namespace meno
