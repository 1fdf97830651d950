// The SQLite C API as a Connection. With connection.cc the one place that includes sqlite3.h.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "store/sql_connection.h"

namespace meno {

class SqliteStatement final : public Statement {
 public:
  /// Takes over `statement`.
  explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {}
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  SqliteStatement(SqliteStatement&&) = delete;
  SqliteStatement& operator=(SqliteStatement&&) = delete;
  ~SqliteStatement() override { sqlite3_finalize(statement_); }

  void bind_text(int index, std::string_view text) override;
  void bind_integer(int index, std::int64_t value) override;
  void bind_real(int index, double value) override;
  void bind_null(int index) override;
  Result<bool> step() override;
  void reset() override;
  std::optional<std::int64_t> added_row() const override;
  std::string_view text(int column) const override;
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  bool is_null(int column) const override;

 private:
  sqlite3_stmt* statement_;
};

class SqliteConnection final : public Connection {
 public:
  /// Errors: Unavailable when the file cannot be opened.
  static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, bool writable);

  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  SqliteConnection(SqliteConnection&&) = delete;
  SqliteConnection& operator=(SqliteConnection&&) = delete;
  ~SqliteConnection() override;

  Result<Query> query(std::string_view noun, std::string_view name) override;
  Result<Done> execute(const std::string& sql) override;
  Result<std::string> text(const std::string& sql) override;
  bool usable() override { return true; }
  /// SQLite leaves a transaction by itself when the disk is full.
  TransactionState transaction() const override;
  Result<Done> begin() override { return execute("BEGIN IMMEDIATE"); }
  Result<Done> commit() override { return execute("COMMIT"); }
  bool in_doubt() const override { return false; }
  Result<bool> settle() override { return false; }
  bool read_only() const { return sqlite3_db_readonly(handle_, "main") == 1; }

 private:
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}

  sqlite3* handle_;
  std::map<std::pair<std::string_view, std::string_view>, std::unique_ptr<SqliteStatement>>
      statements_;
};

/// What a result code of SQLite means to a caller, with SQLite's own sentence.
Error sqlite_error(sqlite3* handle, int code);

/// SQLite's verdict on a damaged file, which has several lines, in one.
std::string in_one_line(std::string verdict);

}  // namespace meno
