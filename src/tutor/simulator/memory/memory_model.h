// What the family `memory` learns from answers (equations in memory.h), and its fit.
#pragma once

#include <array>
#include <vector>

#include "tutor/simulator/learner_family.h"

namespace meno {

inline constexpr std::size_t kStores = 6;
using Stores = std::array<double, kStores>;

struct MemoryModel {
  std::vector<Stores> reads;      // [S] logits of the weights
  std::vector<double> base;       // [S]
  std::vector<double> easy;       // [I]
  std::vector<double> own_write;  // [S] what practice of the skill can add to it, >= 0
  double guess = 0.08;            // these two, both rates and fade are choices of ours, not fitted
  double slip = 0.04;
  double write = 0.3;
  double store_rate = 0.15;
  double own_rate = 0.35;
  double fade = 0.002;  // per answer
  double ability_sd = 0.7;
  double store_sd = 0.4;
  double own_sd = 0.4;
};

/// softmax(reads[skill]).
Stores weights_of(const MemoryModel& model, std::size_t skill);

/// Errors: InvalidInput without answers; Unavailable on Ctrl-C.
Result<MemoryModel> fit_memory_model(const PracticeData& data, const FamilyFit& options);

}  // namespace meno
