// Policies of the literature that keep their own small account of each skill.
#pragma once

#include "tutor/path/policy.h"

namespace meno {

/// Each skill in topological order until Bayesian knowledge tracing with the parameters of Corbett
/// & Anderson's tutor (known at first .5, learn .3, slip .1, guess .2) says .95; then the least
/// known.
std::unique_ptr<PathPolicy> make_mastery_policy(const PathTask& task);
/// Boxes 0 to 4, a skill of box b is due 2^b answers after the last; among those due the lowest
/// box, then the longest due; when none is due, the one due soonest.
std::unique_ptr<PathPolicy> make_leitner_policy(const PathTask& task);
/// ZPDES: a skill is open when its prerequisites among the candidates have been answered right two
/// times in three of their last; its quality is w <- .7 w + .3 r, r the rate over the last two
/// answers less that over the two before; drawn in proportion to max(w, 0) with .2 at random.
/// Departures: one exercise type a skill; skills leave the zone at three right in a row.
std::unique_ptr<PathPolicy> make_zpdes_policy(const PathTask& task);

}  // namespace meno
