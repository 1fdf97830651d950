// Use case: learning records of any known format -> a dataset folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/json_fwd.h"
#include "core/result.h"
#include "import/cleaning.h"
#include "import/importer.h"

namespace meno {

struct ImportRecords {
  std::vector<std::filesystem::path> sources;
  std::string format = "auto";
  std::filesystem::path into;
  std::string name;  // of the dataset; "" = that of the folder
  FormatOptions options;
  Cleaning cleaning;
};

/// Writes the folder and returns {"students","items","skills","answers","refused","p_correct", then
/// "format","into", "reasons","cleaning","notes"}. Errors: NotFound for a source that is not there;
/// Conflict when the folder is something else; InvalidInput when no answer can be read; Unavailable
/// for the disk. After an error nothing is left behind.
Result<Json> import_records(const ImportRecords& ask, const Clock& clock);

}  // namespace meno
