// The evidence model one answer at a time: a StudentState and the recurrent state, over shared
// weights.
#pragma once

#include <memory>

#include "models/evidence/evidence_model.h"

namespace meno::evidence {

/// `model` must outlive the result.
std::unique_ptr<const OnlineModel> make_evidence_online(const EvidenceModel& model,
                                                        ParamView theta);

}  // namespace meno::evidence
