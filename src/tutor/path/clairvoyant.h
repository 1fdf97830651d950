// A ceiling, no policy: practises what, in truth, gains most at once. It reads what a policy cannot
// know, so what it reaches says how much there is to be had in a family. One step ahead, so a
// policy may in principle pass it.
#pragma once

#include <memory>

#include "tutor/path/policy.h"

namespace meno {

/// Named in a contest only by hand. Both must outlive it.
std::unique_ptr<PathPolicy> make_clairvoyant(const PathTask& task,
                                             const PracticeEnvironment& environment);

}  // namespace meno
