// How well a learnt start adapts to new sinusoids: the error after 1, 5 and 10 steps on a few
// points.
#pragma once

#include <vector>

#include "core/rng.h"
#include "eval/reference/sinusoid.h"

namespace meno {

class SinusoidLearning;

/// The mean squared error of one new task after every number of kSinusoidSteps.
using SinusoidErrors = std::array<double, kSinusoidSteps.size()>;

/// Errors of `tasks` new tasks, adapted at `rates` [P] on `shots` points and judged on 100 others.
/// A step under which a task's support fits worse is taken back, and that task's rates are halved:
/// ten steps at the rate of one would otherwise leave the finite numbers in a few tasks of a
/// thousand, whatever the learner. An oracle (`told`) does not adapt.
std::vector<SinusoidErrors> sinusoid_errors(const SinusoidLearning& learnt, ParamView rates,
                                            std::size_t shots, bool told, Rng rng, int tasks);

}  // namespace meno
