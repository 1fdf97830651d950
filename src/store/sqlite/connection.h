// Connection and Query: the SQLite C API with Results. The one place that includes sqlite3.h.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "core/result.h"

namespace meno {

/// A prepared statement on loan from a Connection, ready for arguments; resets itself when it goes.
///   Query query(connection, "sqlite/courses", "find");
///   query.bind(1, course_id);
///   MENO_TRY(const bool found, query.step());
class Query {
 public:
  explicit Query(sqlite3_stmt* statement) : statement_(statement) {}
  Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  Query& bind(int index, std::string_view text);
  Query& bind(int index, std::int64_t value);
  Query& bind(int index, double value);
  /// NULL when empty.
  Query& bind_optional(int index, const std::optional<std::string>& text);
  Query& bind_optional(int index, const std::optional<std::int32_t>& value);

  /// True when there is a row to read, false when there are no more.
  Result<bool> step();
  /// Makes the same query ready for the next arguments.
  void reset();

  std::string text(int column) const;
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }
  bool is_null(int column) const;

 private:
  sqlite3_stmt* statement_;
};

/// One connection with its prepared statements. Not thread-safe.
class Connection {
 public:
  /// Errors: Unavailable when the file cannot be opened.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, bool writable);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  /// The block `name` of sql/<file>.sql, prepared once. Only one Query of a block at a time.
  Result<Query> query(std::string_view file, std::string_view name);
  /// Runs one or several statements without arguments or rows.
  Result<Done> execute(const std::string& sql);
  /// The one integer of a query without arguments, e.g. "PRAGMA user_version".
  Result<std::int64_t> integer(const std::string& sql);
  /// The one text of a query without arguments.
  Result<std::string> text(const std::string& sql);
  /// True inside BEGIN ... COMMIT; SQLite leaves a transaction by itself when the disk is full.
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  bool read_only() const { return sqlite3_db_readonly(handle_, "main") == 1; }
  std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle_); }
  int changes() const { return sqlite3_changes(handle_); }

 private:
  explicit Connection(sqlite3* handle) : handle_(handle) {}

  sqlite3* handle_;
  std::map<std::pair<std::string_view, std::string_view>, sqlite3_stmt*> statements_;
};

/// What a result code of SQLite means to a caller, with SQLite's own sentence.
Error sqlite_error(sqlite3* handle, int code);

}  // namespace meno
