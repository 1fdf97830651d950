// Predictor: p_correct of any number of targets for one student at one state. Most of the first
// layer depends on the student or on the target's skills alone; those shares are worked out once
// and kept by thread until the state moves on.
#pragma once

#include <cstdint>
#include <span>

#include "models/evidence/serving_weights.h"
#include "models/evidence/student_state.h"

namespace meno::evidence {

/// All that is kept of a student who is being served.
template <class S>
struct ServedStudent {
  StudentState student;
  Aligned<S> state;         // of the recurrence: [d], padded
  std::uint64_t stamp = 0;  // a number that no other state of any student in this process has
};

/// Fills p_correct [K] for targets [K]. Each is the same, to the last bit, whatever the others are.
template <class S>
void predict(const ServingWeights<S>& weights, const ServedStudent<S>& served,
             std::span<const Target> targets, std::span<double> p_correct);

extern template void predict<float>(const ServingWeights<float>&, const ServedStudent<float>&,
                                    std::span<const Target>, std::span<double>);
extern template void predict<double>(const ServingWeights<double>&, const ServedStudent<double>&,
                                     std::span<const Target>, std::span<double>);

}  // namespace meno::evidence
