#include "store/sqlite/connection.h"

#include <fmt/format.h>

#include "store/sql.h"

namespace meno {
namespace {

/// How long a connection waits for another's lock; readers in WAL mode never do in practice.
constexpr int kBusyTimeoutMs = 10'000;

ErrorKind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
      return ErrorKind::Unavailable;
    case SQLITE_CONSTRAINT:
      return ErrorKind::Conflict;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return ErrorKind::InvalidInput;
    default:
      return ErrorKind::Internal;
  }
}

}  // namespace

Error sqlite_error(sqlite3* handle, int code) {
  return {kind_of(code), fmt::format("SQLite says \"{}\" (code {})", sqlite3_errmsg(handle),
                                     sqlite3_extended_errcode(handle))};
}

Query::~Query() {
  if (statement_ != nullptr) reset();
}

Query& Query::bind(int index, std::string_view text) {
  sqlite3_bind_text64(statement_, index, text.data() == nullptr ? "" : text.data(), text.size(),
                      SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Query& Query::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_, index, value);
  return *this;
}

Query& Query::bind(int index, double value) {
  sqlite3_bind_double(statement_, index, value);
  return *this;
}

Query& Query::bind_optional(int index, const std::optional<std::string>& text) {
  if (text) return bind(index, std::string_view(*text));
  sqlite3_bind_null(statement_, index);
  return *this;
}

Query& Query::bind_optional(int index, const std::optional<std::int32_t>& value) {
  if (value) return bind(index, std::int64_t{*value});
  sqlite3_bind_null(statement_, index);
  return *this;
}

Result<bool> Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return sqlite_error(sqlite3_db_handle(statement_), code);
}

void Query::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

std::string Query::text(int column) const {
  const unsigned char* const bytes = sqlite3_column_text(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(bytes), size);
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, bool writable) {
  sqlite3* handle = nullptr;
  const int flags = (writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
                    SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Connection> connection(new Connection(handle));
  if (code != SQLITE_OK) return sqlite_error(handle, code);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  return connection;
}

Connection::~Connection() {
  for (const auto& [key, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Result<Query> Connection::query(std::string_view file, std::string_view name) {
  sqlite3_stmt*& statement = statements_[{file, name}];
  if (statement == nullptr) {
    const std::string_view sql = sql_block(file, name);
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return sqlite_error(handle_, code);
  }
  return Query(statement);
}

Result<Done> Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(handle_, code);
  return Done{};
}

Result<std::int64_t> Connection::integer(const std::string& sql) {
  MENO_TRY(const std::string value, text(sql));
  return static_cast<std::int64_t>(std::strtoll(value.c_str(), nullptr, 10));
}

Result<std::string> Connection::text(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr);
  if (code != SQLITE_OK) return sqlite_error(handle_, code);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, &sqlite3_finalize);
  Query query(statement);
  MENO_TRY(const bool found, query.step());
  return found ? query.text(0) : std::string();
}

}  // namespace meno
