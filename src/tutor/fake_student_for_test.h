// A student model small enough to reason about in a test: p = logistic(easiness of the item + mean
// ability over its skills), where every answer moves the abilities of its skills by a fixed step.
// For tests of the tutor only.
#pragma once

#include <cmath>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "models/tracker.h"

namespace meno {

class FakeTracker final : public Tracker {
 public:
  FakeTracker(const std::vector<double>& easiness, std::size_t skills, double step)
      : easiness_(easiness), ability_(skills, 0.0), step_(step) {}

  void observe(const Event& event) override {
    for (const SkillId skill : event.skills) {
      ability_[skill.value] += event.correct >= 0.5F ? step_ : -step_;
    }
  }
  void p_correct(std::span<const Target> targets, std::span<double> p_correct) const override {
    for (std::size_t k = 0; k < targets.size(); ++k) {
      double sum = 0.0;
      for (const SkillId skill : targets[k].skills) sum += ability_[skill.value];
      const double mean =
          targets[k].skills.empty() ? 0.0 : sum / static_cast<double>(targets[k].skills.size());
      p_correct[k] = 1.0 / (1.0 + std::exp(-(easiness_[targets[k].item.value] + mean)));
    }
  }
  std::unique_ptr<Tracker> clone() const override { return std::make_unique<FakeTracker>(*this); }
  std::string save() const override {
    std::ostringstream out;
    out.precision(17);
    for (const double a : ability_) out << a << ' ';
    return out.str();
  }
  Result<Done> restore(std::string_view bytes) override {
    std::istringstream in{std::string(bytes)};
    for (double& a : ability_) in >> a;
    return Done{};
  }
  /// Sets what the student can do, in logits.
  void set_ability(SkillId skill, double logit) { ability_[skill.value] = logit; }

 private:
  const std::vector<double>& easiness_;
  std::vector<double> ability_;
  double step_;
};

class FakeModel final : public OnlineModel {
 public:
  FakeModel(std::vector<double> easiness, std::size_t skills, double step = 0.4)
      : easiness_(std::move(easiness)), skills_(skills), step_(step) {}
  std::unique_ptr<Tracker> new_student() const override {
    return std::make_unique<FakeTracker>(easiness_, skills_, step_);
  }

 private:
  std::vector<double> easiness_;
  std::size_t skills_;
  double step_;
};

}  // namespace meno
