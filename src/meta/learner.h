// Learners: function objects that turn a batch of tasks into one step on theta. Their fields are
// their hyper-parameters.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <vector>

#include "models/student_model.h"

namespace meno {

/// A Task whose windows are encoded by the model that will learn from them.
struct EncodedTask {
  std::vector<const Encoded*> support;
  std::vector<const Encoded*> query;
  /// What `support` was encoded from, for learners that edit histories; empty where the feed no
  /// longer has it.
  std::vector<Window> origin = {};
};

/// What one batch of tasks says about theta.
struct MetaStep {
  double loss =
      0.0;  // mean nats of the tasks' queries (of their support for learners without queries)
  Params direction;     // [P]; the optimiser moves theta against it
  double weight = 1.0;  // what the step counts for when the steps of several threads are averaged:
                        // answers, or tasks
};

template <class F>
concept MetaLearner = std::copyable<F> &&
    requires(const F& learn, const StudentModel& model, ParamView theta,
             std::span<const EncodedTask> batch, std::uint64_t seed) {
  { learn(model, theta, batch, seed) } -> std::same_as<MetaStep>;
};

}  // namespace meno
