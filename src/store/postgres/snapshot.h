// A PostgreSQL store as it is at one moment, to copy from while servers go on writing to it.
#pragma once

#include <memory>
#include <string>

#include "store/store.h"

namespace meno {

/// Every read sees the same moment (one exported snapshot, repeatable read); nothing can be
/// written. Errors: as open_store(); InvalidInput for a store of an older version, which opening
/// does not bring up to date.
Result<std::unique_ptr<Store>> open_postgres_snapshot(const std::string& url);

}  // namespace meno
