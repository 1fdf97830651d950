#include "tutor/simulator/states/states.h"

#include <algorithm>

#include "tutor/simulator/fitting.h"
#include "tutor/simulator/states/states_model.h"

namespace meno {
namespace {

struct Fitted {
  const Course& course;
  const SkillGraph& graph;
  StatesModel model;
};

class StateLearner final : public SimulatedLearner {
 public:
  StateLearner(const Fitted& fitted, Rng& rng) : fitted_(&fitted) {
    double left = rng.uniform();
    while (kind_ + 1 < kStudentKinds && (left -= fitted.model.share[kind_]) >= 0.0) ++kind_;
    known_.assign(fitted.model.first.size(), false);
    last_.assign(known_.size(), 0);
    for (const SkillId skill : fitted.graph.topological_order())
      known_[skill.value] =
          rng.chance(p_first(fitted.model, skill.value, ready(skill) ? 1.0 : 0.0, kind_));
  }

  double p_correct(ItemId item) const override {
    const auto skills = fitted_->course.skills_of(item);
    const auto& right = fitted_->model.right[item.value];
    if (skills.empty()) return 0.5 * (right[0] + right[1]);
    double sum = 0.0;
    for (const SkillId skill : skills) {
      // Still known now; what is lost is lost at the next answer (practise).
      const double kept = known_[skill.value] ? 1.0 - p_forget(fitted_->model, gap(skill)) : 0.0;
      sum += kept * right[1] + (1.0 - kept) * right[0];
    }
    return sum / static_cast<double>(skills.size());
  }

  void practise(ItemId item, bool correct, Rng& rng) override {
    ++count_;
    for (const SkillId skill : fitted_->course.skills_of(item)) {
      const auto& right = fitted_->model.right[item.value];
      if (known_[skill.value]) {
        // Whether he had forgotten it, given how he has answered.
        const double lost = p_forget(fitted_->model, gap(skill) - 1.0);
        const double if_lost = lost * (correct ? right[0] : 1.0 - right[0]);
        const double if_kept = (1.0 - lost) * (correct ? right[1] : 1.0 - right[1]);
        known_[skill.value] = !rng.chance(if_lost / (if_lost + if_kept));
      }
      const double learn = p_learn(fitted_->model, skill.value, ready(skill) ? 1.0 : 0.0, kind_);
      if (!known_[skill.value]) known_[skill.value] = rng.chance(learn);
      last_[skill.value] = count_;
    }
  }

  std::unique_ptr<SimulatedLearner> clone() const override {
    return std::make_unique<StateLearner>(*this);
  }

 private:
  bool ready(SkillId skill) const {
    const auto needs = fitted_->graph.prerequisites(skill);
    return std::all_of(needs.begin(), needs.end(),
                       [this](SkillId need) { return known_[need.value]; });
  }
  double gap(SkillId skill) const {
    return last_[skill.value] == 0 ? 0.0 : static_cast<double>(count_ - last_[skill.value] + 1);
  }

  const Fitted* fitted_;
  std::size_t kind_ = 0;
  std::vector<bool> known_;          // [S]
  std::vector<std::uint32_t> last_;  // [S] number of the answer, from 1
  std::uint32_t count_ = 0;
};

}  // namespace

Result<std::unique_ptr<const LearnerFamily>> fit_states(const PracticeData& data,
                                                        const FamilyFit& options) {
  MENO_TRY(StatesModel model, fit_states_model(data, options));
  return drawn_family<StateLearner>(
      Fitted{.course = data.course, .graph = data.graph, .model = std::move(model)});
}

}  // namespace meno
