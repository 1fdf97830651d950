// Tuning: theta of a prior -> theta of a course, as its most probable value under the support and a
// normal prior around where it began. For the read-out alone this is the hierarchical-Bayes last
// layer, a convex problem; for all parameters it is weight decay towards the start (L2-SP: Li,
// Grandvalet & Davoine 2018, arXiv:1802.01483).
#pragma once

#include <functional>

#include "models/student_model.h"

namespace meno {

/// argmin over theta' of  sum of nats of the support + precision / 2 |theta' - theta|^2.
struct MapTuning {
  bool head_only = false;              // moves the model's read-out alone (ParamBlock::head)
  double precision = 1000.0;           // c, above 0: answers' worth of the prior
  int iterations = 20;                 // of L-BFGS at most (Nocedal 1980, with Armijo backtracking)
  int threads = 1;                     // the order of sums depends on it
  std::function<bool()> stopped = {};  // asked before every iteration; true ends the search there
};

/// theta' [P]; theta itself for a support without answers. `from` [P] is where the search begins,
/// theta if empty. Never a worse objective than there.
Params tuned(const StudentModel& model, ParamView theta, const MapTuning& tuning, Batch support,
             ParamView from = {});

/// Tuning when nobody says how far a course may be from the prior: the mean of the estimates under
/// several precisions, each weighing pi exp(what it foresaw of the last students, in nats). Early
/// students of a prequential cohort are left out, for their features know less of the course than
/// those of the students to come.
struct CourseTuning {
  bool head_only = false;
  int iterations = 20;
  int threads = 1;
  std::function<bool()> stopped = {};  // as in MapTuning
};

/// A course's own theta, and how well its kind foresaw the last third of the support when tuned on
/// the others alone: nats, students of any length weighing 3 sqrt(answers). Higher is better.
struct TunedCourse {
  Params theta;  // [P]
  double foresight = 0.0;
};

/// `support` holds a window per student in the order in which they came (cohort_of). With fewer
/// than 2 of them theta is returned.
TunedCourse tuned_to_course(const StudentModel& model, ParamView theta, const CourseTuning& tuning,
                            Batch support);

}  // namespace meno
