// What the family `states` learns from answers (equations in states.h), and its fit.
#pragma once

#include <array>
#include <vector>

#include "tutor/simulator/learner_family.h"

namespace meno {

inline constexpr std::size_t kStudentKinds = 3;

struct StatesModel {
  std::vector<double> first;                 // [S] P(known at first) when ready
  std::vector<double> learn;                 // [S] P(learn at an answer) when ready
  std::vector<std::array<double, 2>> right;  // [I] P(right) if not known, if known
  double first_unready = 0.8;                // in [0, 1]: what is left of `first` when not ready
  double learn_unready = 0.8;
  double forget = 0.002;  // per answer since the last on the skill
  std::array<double, kStudentKinds> share{1.0 / 3, 1.0 / 3, 1.0 / 3};
  std::array<double, kStudentKinds> kind_first{0.5, 1.0, 1.5};
  std::array<double, kStudentKinds> kind_learn{0.5, 1.0, 1.5};
};

/// The rates of states.h. `ready` in [0, 1], `gap` in answers.
double p_first(const StatesModel& model, std::size_t skill, double ready, std::size_t kind);
double p_learn(const StatesModel& model, std::size_t skill, double ready, std::size_t kind);
double p_forget(const StatesModel& model, double gap);

/// Errors: InvalidInput without answers; Unavailable on Ctrl-C.
Result<StatesModel> fit_states_model(const PracticeData& data, const FamilyFit& options);

}  // namespace meno
