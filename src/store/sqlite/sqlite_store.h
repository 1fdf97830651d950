// The SQLite engine: one file in WAL mode with synchronous=FULL, one writer, many readers.
#pragma once

#include <memory>
#include <string>

#include "store/store.h"

namespace meno {

/// As open_store(), for a file path.
Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path);

}  // namespace meno
