// The PostgreSQL engine: one writing session, a pool of reading ones, and one that
// hears what other servers change.
#pragma once

#include <memory>
#include <string>

#include "store/store.h"

namespace meno {

/// As open_store(), for postgres://user:password@host:port/database.
Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url,
                                                   StoreUse use = StoreUse::Shared);

}  // namespace meno
