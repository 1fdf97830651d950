// Growing: a prior's network with vectors for a course's own skills beside it, trained on from
// where the prior ends.
#pragma once

#include "meta/training.h"

namespace meno {

/// The options of the grown model: a prior's, and vectors for skills.
Options grown_options(Options prior_options);

/// Lets a training go on from a prior, at the rate that priors are learnt at.
void begin_from(TrainOptions& training, const StudentModel& prior, ParamView theta);

}  // namespace meno
