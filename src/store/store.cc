#include "store/store.h"

#include "store/sqlite/sqlite_store.h"

namespace meno {

Result<std::unique_ptr<Store>> open_store(const std::string& location) {
  return open_sqlite_store(location);
}

}  // namespace meno
