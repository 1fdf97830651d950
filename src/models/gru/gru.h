// gru: deep knowledge tracing. A recurrent network reads which skill was answered and how, and
// knows nothing else: no counts, no course statistics, no times.
#pragma once

#include <memory>

#include "models/registry.h"

namespace meno {

/// The evidence network (models/evidence/network.h) with 0 features. Source: Piech et al. 2015,
/// arXiv:1506.05908, section 3, with the gated unit of Cho et al. 2014, arXiv:1406.1078, in place
/// of the LSTM. Departures: learnt vectors of the skills, averaged over an item's skills, in place
/// of one-hot or random codes; one read-out that is told the target's vector in place of one output
/// per skill; on request also vectors of items (`item_vectors`), shrunk by their counts.
Result<std::unique_ptr<const StudentModel>> fit_gru(const Options& options, const Cohort& cohort);
Result<std::unique_ptr<const StudentModel>> load_gru(const Options& options,
                                                     const Tensors& statistics);

}  // namespace meno
