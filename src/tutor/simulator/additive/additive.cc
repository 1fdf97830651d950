#include "tutor/simulator/additive/additive.h"

#include <algorithm>
#include <cmath>

#include "models/link.h"
#include "tutor/simulator/additive/additive_model.h"
#include "tutor/simulator/fitting.h"

namespace meno {
namespace {

struct Fitted {
  const Course& course;
  const SkillGraph& graph;
  AdditiveModel model;
};

class AdditiveLearner final : public SimulatedLearner {
 public:
  AdditiveLearner(const Fitted& fitted, Rng& rng)
      : fitted_(&fitted), theta_(fitted.model.ability_sd * rng.normal()) {
    const std::size_t skills = fitted.model.base.size();
    level_.resize(skills);
    answers_.assign(skills, 0);
    last_.assign(skills, 0);
    for (std::size_t s = 0; s < skills; ++s)
      level_[s] = fitted.model.base[s] + fitted.model.own_sd * rng.normal();
  }

  double p_correct(ItemId item) const override {
    const auto skills = fitted_->course.skills_of(item);
    double sum = 0.0;
    for (const SkillId skill : skills) sum += now(skill);
    if (!skills.empty()) sum /= static_cast<double>(skills.size());
    return std::clamp(sigmoid(theta_ + sum + fitted_->model.easy[item.value]), 1e-4, 1.0 - 1e-4);
  }

  void practise(ItemId item, bool /*correct*/, Rng& /*rng*/) override {
    ++count_;
    for (const SkillId skill : fitted_->course.skills_of(item)) {
      const auto answers = static_cast<double>(answers_[skill.value]++);
      level_[skill.value] +=
          fitted_->model.gain[skill.value] * practice_step(fitted_->model, answers, ready(skill));
      last_[skill.value] = count_;
    }
  }

  std::unique_ptr<SimulatedLearner> clone() const override {
    return std::make_unique<AdditiveLearner>(*this);
  }

 private:
  double now(SkillId skill) const {
    const std::uint32_t last = last_[skill.value];
    const double faded = last == 0 ? 0.0 : std::log1p(std::min(count_ - last, 199U));
    return level_[skill.value] - fitted_->model.forget * faded;
  }

  double ready(SkillId skill) const {
    const auto needs = fitted_->graph.prerequisites(skill);
    double least = 1.0;
    for (const SkillId need : needs) least = std::min(least, sigmoid(theta_ + now(need)));
    return needs.empty() ? 0.5 : least;
  }

  const Fitted* fitted_;
  double theta_;
  std::vector<double> level_;           // [S]
  std::vector<std::uint32_t> answers_;  // [S]
  std::vector<std::uint32_t> last_;     // [S] number of the answer, from 1
  std::uint32_t count_ = 0;
};

}  // namespace

Result<std::unique_ptr<const LearnerFamily>> fit_additive(const PracticeData& data,
                                                          const FamilyFit& options) {
  MENO_TRY(AdditiveModel model, fit_additive_model(data, options));
  return drawn_family<AdditiveLearner>(
      Fitted{.course = data.course, .graph = data.graph, .model = std::move(model)});
}

}  // namespace meno
