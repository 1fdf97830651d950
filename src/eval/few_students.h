// Training on few students: steps enough.
#pragma once

#include <vector>

#include "domain/sequence.h"
#include "meta/training.h"

namespace meno {

/// Batches small enough for some steps in an epoch, and epochs enough for kFewestSteps of them:
/// with the usual batches an epoch of five students is one step, and training would be over before
/// it has begun.
TrainOptions options_for_few(const ModelEntry& model, const std::vector<Sequence>& students);

}  // namespace meno
