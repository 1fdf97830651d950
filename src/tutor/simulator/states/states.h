// states: every skill is known or not yet (Bayesian knowledge tracing), students come in three
// kinds, and what a skill rests on makes it readier to be known and to be learnt.
//
//   P(known at first) = min(.97, first_s (r + first_unready (1 - r)) kind_first_c)
//   P(learn at an answer) = min(.9, learn_s (r + learn_unready (1 - r)) kind_learn_c)
//   P(forget over a gap of g answers) = 1 - (1 - forget)^min(g, 50)
//   P(right) = right_{i,1} if known (1 - slip), right_{i,0} if not (guess); items of several
//   skills: the mean over them,
//
// r = product over the direct prerequisites of P(known) (1 without any; for a simulated learner,
// who knows or does not, 0 or 1). Sources: Corbett & Anderson 1995, UMUAI 4; prerequisites in the
// network of Käser, Klingler, Schwing & Gross 2014 (ITS). Departures: r is the filtered estimate
// and not part of the joint posterior; kinds of student in place of one population (Pardos &
// Heffernan 2010 gave each student his own start); items emit for themselves, shrunk to their
// skill.
//
// Fit: expectation maximisation, with the rates' factors as responsibilities (the first-order form
// for small rates), every rate pooled with the mean over skills by pseudo-counts.
#pragma once

#include "tutor/simulator/learner_family.h"

namespace meno {

/// Errors: InvalidInput without answers; Unavailable on Ctrl-C.
Result<std::unique_ptr<const LearnerFamily>> fit_states(const PracticeData& data,
                                                        const FamilyFit& options);

}  // namespace meno
