// A model whose predictions depend on the whole past of a student, in order: tests see any answer
// lost, doubled or moved.
#pragma once

#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include "core/check.h"
#include "meta/run.h"
#include "models/tracker.h"

namespace meno {

class FakeTracker final : public Tracker {
 public:
  void observe(const Event& event) override {
    state_ = 0.7 * state_ + (event.correct >= 0.5F ? 0.3 : -0.3) +
             0.001 * static_cast<double>(event.item.value % 7);
  }
  void p_correct(std::span<const Target> targets, std::span<double> p_correct) const override {
    for (std::size_t k = 0; k < targets.size(); ++k) {
      p_correct[k] =
          1.0 / (1.0 + std::exp(-state_ + 0.1 * static_cast<double>(targets[k].item.value % 5)));
    }
  }
  std::unique_ptr<Tracker> clone() const override { return std::make_unique<FakeTracker>(*this); }
  std::string save() const override {
    return {reinterpret_cast<const char*>(&state_), sizeof state_};
  }
  Result<Done> restore(std::string_view bytes) override {
    if (bytes.size() != sizeof state_) return invalid_input("no state of the fake model");
    std::memcpy(&state_, bytes.data(), sizeof state_);
    return Done{};
  }

 private:
  double state_ = 0.0;
};

class FakeModel final : public OnlineModel {
 public:
  std::unique_ptr<Tracker> new_student() const override { return std::make_unique<FakeTracker>(); }
};

/// A run that knows two skills and four items of the course "maths".
inline Run fake_run() {
  Run run;
  run.model_name = "fake";
  run.learner_name = "none";
  run.data_hash = "0123";
  run.simulated = true;
  run.course.name = "maths";
  const SkillId add = run.course.skills.intern("add");
  const SkillId mul = run.course.skills.intern("mul");
  for (const char* item : {"i1", "i2", "i3", "i4"}) run.course.items.intern(item);
  run.course.item_skills = {{add}, {add}, {mul}, {add, mul}};
  return run;
}

}  // namespace meno
