// Joint step: the parts of one step, computed by threads and ranks, made into one. Sums are taken
// in the order of the parts.
#pragma once

#include <cstddef>
#include <vector>

#include "core/ranks.h"
#include "core/result.h"
#include "meta/learner.h"

namespace meno {

/// The mean of `steps` by weight. A step of weight 0 is of an empty part and has no direction; when
/// all are, so is the mean: a direction of zeros [parameters].
MetaStep averaged(std::vector<MetaStep> steps, std::size_t parameters);

/// What the ranks make of a step together.
struct JointStep {
  MetaStep step;      // the mean of all ranks', the same bytes on each
  bool stop = false;  // some rank wants to stop; `step` is then to be forgotten
};

/// Every rank calls it with its own step (of weight 0 when it had no part) and with whether it was
/// asked to stop. Errors: Unavailable when a rank has failed.
Result<JointStep> joined(Ranks& ranks, MetaStep own, std::size_t parameters, bool stop);

}  // namespace meno
