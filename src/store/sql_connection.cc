#include "store/sql_connection.h"

#include <cstdlib>

namespace meno {

Result<std::int64_t> Connection::integer(const std::string& sql) {
  MENO_TRY(const std::string value, text(sql));
  return static_cast<std::int64_t>(std::strtoll(value.c_str(), nullptr, 10));
}

}  // namespace meno
