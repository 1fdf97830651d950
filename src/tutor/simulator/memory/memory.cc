#include "tutor/simulator/memory/memory.h"

#include <algorithm>
#include <cmath>

#include "models/link.h"
#include "tutor/simulator/fitting.h"
#include "tutor/simulator/memory/memory_model.h"

namespace meno {
namespace {

struct Fitted {
  const Course& course;
  MemoryModel model;
  std::vector<Stores> weights;  // [S]
};

class MemoryLearner final : public SimulatedLearner {
 public:
  MemoryLearner(const Fitted& fitted, Rng& rng) : fitted_(&fitted) {
    const MemoryModel& model = fitted.model;
    const double theta = model.ability_sd * rng.normal();
    for (double& store : start_) store = theta + model.store_sd * rng.normal();
    own_.resize(model.base.size());
    for (double& own : own_) own = model.own_sd * rng.normal();
    own_written_.assign(own_.size(), 0.0);
  }

  double p_correct(ItemId item) const override {
    const MemoryModel& model = fitted_->model;
    const auto skills = fitted_->course.skills_of(item);
    const double span = 1.0 - model.guess - model.slip;
    const double easy = model.easy[item.value];
    if (skills.empty()) return model.guess + span * sigmoid(start_[0] + easy);
    double sum = 0.0;
    for (const SkillId skill : skills) {
      double eta = own_[skill.value] + model.own_write[skill.value] * own_written_[skill.value] +
                   model.base[skill.value] + easy;
      for (std::size_t k = 0; k < kStores; ++k)
        eta += fitted_->weights[skill.value][k] * (start_[k] + model.write * written_[k]);
      sum += model.guess + span * sigmoid(eta);
    }
    return sum / static_cast<double>(skills.size());
  }

  void practise(ItemId item, bool /*correct*/, Rng& /*rng*/) override {
    const MemoryModel& model = fitted_->model;
    for (double& written : written_) written *= 1.0 - model.fade;
    for (const SkillId skill : fitted_->course.skills_of(item)) {
      for (std::size_t k = 0; k < kStores; ++k) {
        written_[k] += fitted_->weights[skill.value][k] * model.store_rate * (1.0 - written_[k]);
      }
      double& own = own_written_[skill.value];
      own += model.own_rate * (1.0 - own);
    }
  }

  std::unique_ptr<SimulatedLearner> clone() const override {
    return std::make_unique<MemoryLearner>(*this);
  }

 private:
  const Fitted* fitted_;
  Stores start_{};
  Stores written_{};
  std::vector<double> own_;          // [S] d
  std::vector<double> own_written_;  // [S] Y
};

}  // namespace

Result<std::unique_ptr<const LearnerFamily>> fit_memory(const PracticeData& data,
                                                        const FamilyFit& options) {
  MENO_TRY(MemoryModel model, fit_memory_model(data, options));
  std::vector<Stores> weights;
  for (std::size_t s = 0; s < model.base.size(); ++s) weights.push_back(weights_of(model, s));
  return drawn_family<MemoryLearner>(
      Fitted{.course = data.course, .model = std::move(model), .weights = std::move(weights)});
}

}  // namespace meno
