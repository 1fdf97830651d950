// SampledTracker: a student as he might be, drawn from what is not known of him: for Thompson
// sampling where a run has no posterior of its own. Every skill's logit is moved by
//
//   e_s ~ N(0, 4 / n_s),   n_s = 4 + min(answers on s, 50),
//
// an item's by the mean over its skills. 4 / n is the variance of a log odds near one half that n
// answers tell of, with the effective answers of the mastery band (tutor/mastery).
//
// Source: Thompson 1933, Biometrika 25; Chapelle & Li 2011, NeurIPS.
#pragma once

#include <memory>
#include <vector>

#include "core/rng.h"
#include "models/tracker.h"
#include "tutor/learning_record.h"
#include "tutor/mastery/mastery.h"

namespace meno {

class SampledTracker final : public Tracker {
 public:
  /// Of a course with `skills` skills.
  SampledTracker(const Tracker& student, const LearningRecord& record, std::size_t skills,
                 const MasteryRules& rules, Rng& rng);

  void observe(const Event& event) override { student_->observe(event); }
  void p_correct(std::span<const Target> targets, std::span<double> p_correct) const override;
  std::unique_ptr<Tracker> clone() const override;
  std::string save() const override { return student_->save(); }
  Result<Done> restore(std::string_view bytes) override { return student_->restore(bytes); }

 private:
  SampledTracker(std::unique_ptr<Tracker> student, std::vector<double> shift)
      : student_(std::move(student)), shift_(std::move(shift)) {}

  std::unique_ptr<Tracker> student_;
  std::vector<double> shift_;  // [S], in logits
};

}  // namespace meno
