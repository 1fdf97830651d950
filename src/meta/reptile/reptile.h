// Reptile: moves theta toward the parameters that its tasks adapt to, by first-order steps alone.
#pragma once

#include "meta/adapt.h"
#include "meta/learner.h"
#include "meta/registry.h"

namespace meno {

/// direction = (theta - mean of the tasks' adapted theta') / (inner rate x inner steps): the outer
/// step taken as a gradient for the optimiser (the paper allows an adaptive
/// optimiser),
/// in units of a gradient so that clipping and learning rates mean what they mean for every
/// learner. A task adapts on its support and its query together, for Reptile needs no split.
/// Source: Nichol, Achiam & Schulman 2018, arXiv:1803.02999, batched Reptile.
struct Reptile {
  InnerLoop inner;

  MetaStep operator()(const StudentModel& model, ParamView theta,
                      std::span<const EncodedTask> batch, std::uint64_t seed) const;
};
static_assert(MetaLearner<Reptile>);

/// Options: those of the inner loop, "tasks" (the sampler), "tasks_per_step", "support" and "query"
/// (sizes of a task).
Result<LearnerSetup> make_reptile(const Options& options);

}  // namespace meno
