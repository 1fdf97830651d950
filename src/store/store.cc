#include "store/store.h"

#include <filesystem>

#include "store/postgres/address.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"

namespace meno {

Result<std::unique_ptr<Store>> open_store(const std::string& location, StoreUse use) {
  return is_postgres_url(location) ? open_postgres_store(location, use)
                                   : open_sqlite_store(location);
}

bool store_is_there(const std::string& location) {
  std::error_code ignored;
  return is_postgres_url(location) || std::filesystem::exists(location, ignored);
}

bool is_in_a_file(const std::string& location) { return !is_postgres_url(location); }

std::string runs_beside(const std::string& location) {
  return is_in_a_file(location) ? location + ".runs" : "meno.runs";
}

std::string shown_location(const std::string& location) {
  if (!is_postgres_url(location)) return location;
  const Result<PostgresAddress> address = parse_postgres_url(location);
  return address ? address->name : "postgres://";
}

}  // namespace meno
