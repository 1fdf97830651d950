// Use case: say what is in a dataset and what to beware of; draw it if asked for.
#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"
#include "core/json_fwd.h"
#include "core/result.h"

namespace meno {

struct DescribeDataset {
  std::filesystem::path dataset;
  std::filesystem::path report;  // HTML; empty: none
  std::string language = "en";   // of the report
};

/// The document of `meno describe --json` (see eval/profile/profile_json.h).
/// Errors: those of Dataset::open; Unavailable when the report cannot be written.
Result<Json> describe_dataset(const DescribeDataset& ask, const Clock& clock);

}  // namespace meno
