// The reward model of doubly robust replay: what a choice of skill is worth, learnt from students
// other than those who are replayed. It need not be right: where propensities are, its faults
// average out.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/ids.h"

namespace meno {

/// What is known when a skill may be chosen.
struct ChoiceFeatures {
  double ability = 0.0;  // mean excess of the student's answers over what others get right
  double own = 0.0;      // the same on the skill, pulled to 0 by two imagined answers
  double answers = 0.0;  // log(1 + answers on the skill)
  double again = 0.0;    // 1: the skill was answered just before
  double rate = 0.0;     // of right answers of others on the skill
};

/// Ridge regression of the reward on the features, with their products with `again` and `own`.
class RewardModel {
 public:
  void observe(const ChoiceFeatures& choice, double reward);
  /// Solves for the coefficients from all that was observed.
  void fit();
  /// 0 before fit().
  double foreseen(const ChoiceFeatures& choice) const;

 private:
  static constexpr std::size_t kSize = 9;
  using Row = std::array<double, kSize>;
  static Row row(const ChoiceFeatures& choice);

  std::array<Row, kSize> squares_{};
  Row sums_{};
  Row coefficients_{};
};

}  // namespace meno
