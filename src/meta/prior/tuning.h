// Tuning: theta of a prior -> theta of a course, as its most probable value under the support and a
// normal prior around where it began. For the read-out alone this is the hierarchical-Bayes last
// layer, a convex problem; for all parameters it is weight decay towards the start (L2-SP: Li,
// Grandvalet & Davoine 2018, arXiv:1802.01483).
#pragma once

#include "models/student_model.h"

namespace meno {

/// argmin over theta' of  sum of nats of the support + precision / 2 |theta' - theta|^2.
struct MapTuning {
  bool head_only = true;     // moves the model's read-out alone (ParamBlock::head)
  double precision = 100.0;  // c, above 0: answers' worth of the prior
  int iterations = 30;       // of L-BFGS at most (Nocedal 1980, with Armijo backtracking)
};

/// theta' [P]; theta itself for a support without answers. Never a worse objective than at theta.
Params tuned(const StudentModel& model, ParamView theta, const MapTuning& tuning, Batch support);

}  // namespace meno
