// A DatasetProfile as the document of `meno describe --json`.
#pragma once

#include "core/json_fwd.h"
#include "eval/profile/dataset_profile.h"

namespace meno {

Json to_json(const DatasetProfile& profile);

/// "2024-05-01T08:30:00Z"; "" for kNoTime.
std::string iso_seconds(TimePoint at);

}  // namespace meno
