// Direct: ordinary training. The step of a mini-batch is the gradient of its mean loss.
#pragma once

#include "meta/learner.h"
#include "meta/registry.h"

namespace meno {

/// Mean loss over all windows of all tasks (support and query alike), each scored answer counting
/// the same. Source: stochastic gradient descent as in Bottou 2010, COMPSTAT.
struct Direct {
  MetaStep operator()(const StudentModel& model, ParamView theta,
                      std::span<const EncodedTask> batch, std::uint64_t seed) const;
};
static_assert(MetaLearner<Direct>);

/// Options: those of the inner loop, for adapting its runs.
Result<LearnerSetup> make_direct(const Options& options);

}  // namespace meno
