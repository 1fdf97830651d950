// Runs of a course between servers that do not share a folder: through the store.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/result.h"
#include "store/store.h"

namespace meno {

/// Puts the files of the run in `folder` into the store, where other servers may want them. Errors:
/// NotFound (course); Unavailable.
Result<Done> share_run(Store& store, std::string_view course_id, std::string_view version,
                       const std::filesystem::path& folder);

/// Makes `folder` from the store's files of the row's run, where it is missing and the store has
/// them. Errors: Unavailable.
Result<Done> fetch_run(Store& store, const ServedRun& row, const std::filesystem::path& folder);

}  // namespace meno
