#include "store/sqlite/connection.h"

#include <algorithm>

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

std::string in_one_line(std::string verdict) {
  std::replace(verdict.begin(), verdict.end(), '\n', ' ');
  return verdict;
}

void SqliteStatement::bind_text(int index, std::string_view text) {
  sqlite3_bind_text64(statement_, index, text.data() == nullptr ? "" : text.data(), text.size(),
                      SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::bind_integer(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_, index, value);
}

void SqliteStatement::bind_real(int index, double value) {
  sqlite3_bind_double(statement_, index, value);
}

void SqliteStatement::bind_null(int index) { sqlite3_bind_null(statement_, index); }

Result<bool> SqliteStatement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return sqlite_error(sqlite3_db_handle(statement_), code);
}

void SqliteStatement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

std::optional<std::int64_t> SqliteStatement::added_row() const {
  sqlite3* const handle = sqlite3_db_handle(statement_);
  if (sqlite3_changes(handle) != 1) return std::nullopt;
  return sqlite3_last_insert_rowid(handle);
}

std::string_view SqliteStatement::text(int column) const {
  const unsigned char* const bytes = sqlite3_column_text(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(reinterpret_cast<const char*>(bytes), size);
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double SqliteStatement::real(int column) const { return sqlite3_column_double(statement_, column); }

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path,
                                                                 bool writable) {
  sqlite3* handle = nullptr;
  const int flags = (writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
                    SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
  if (code != SQLITE_OK) return sqlite_error(handle, code);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  return connection;
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close_v2(handle_);
}

Result<Query> SqliteConnection::query(std::string_view noun, std::string_view name) {
  std::unique_ptr<SqliteStatement>& statement = statements_[{noun, name}];
  if (statement == nullptr) {
    const std::string_view sql = sql_block(fmt::format("sqlite/{}", noun), name);
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    if (code != SQLITE_OK) return sqlite_error(handle_, code);
    statement = std::make_unique<SqliteStatement>(prepared);
  }
  return Query(*statement);
}

Result<Done> SqliteConnection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(handle_, code);
  return Done{};
}

Result<std::string> SqliteConnection::text(const std::string& sql) {
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v2(handle_, sql.c_str(), -1, &prepared, nullptr);
  if (code != SQLITE_OK) return sqlite_error(handle_, code);
  SqliteStatement statement(prepared);
  MENO_TRY(const bool found, statement.step());
  return found ? std::string(statement.text(0)) : std::string();
}

TransactionState SqliteConnection::transaction() const {
  return sqlite3_get_autocommit(handle_) == 0 ? TransactionState::Open : TransactionState::None;
}

}  // namespace meno
