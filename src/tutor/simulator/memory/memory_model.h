// What the family `memory` learns from answers (equations in memory.h), and its fit.
#pragma once

#include <array>
#include <vector>

#include "tutor/simulator/learner_family.h"

namespace meno {

inline constexpr std::size_t kStores = 6;
using Stores = std::array<double, kStores>;

struct MemoryModel {
  std::vector<Stores> reads;  // [S] logits of the weights
  std::vector<double> base;   // [S]
  std::vector<double> easy;   // [I]
  double guess = 0.08;  // these two, fade and cap are choices of ours, not fitted
  double slip = 0.04;
  double write = 0.1;
  double own_write = 0.1;
  double fade = 0.002;   // per answer
  double cap = 2.0;
  double ability_sd = 0.7;
  double store_sd = 0.4;
  double own_sd = 0.4;
};

/// softmax(reads[skill]).
Stores weights_of(const MemoryModel& model, std::size_t skill);

/// Errors: InvalidInput without answers; Unavailable on Ctrl-C.
Result<MemoryModel> fit_memory_model(const PracticeData& data, const FamilyFit& options);

}  // namespace meno
