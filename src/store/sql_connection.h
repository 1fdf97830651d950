// Connection, Statement and Query: what the nouns of the store need of an SQL database. Engines
// (store/sqlite, store/postgres) implement the first two; the nouns are written once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace meno {

/// A prepared statement of an engine. Parameters count from 1, columns from 0. Bound text must stay
/// alive until the statement is reset.
class Statement {
 public:
  Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement(Statement&&) = delete;
  Statement& operator=(Statement&&) = delete;
  virtual ~Statement() = default;

  virtual void bind_text(int index, std::string_view text) = 0;
  virtual void bind_integer(int index, std::int64_t value) = 0;
  virtual void bind_real(int index, double value) = 0;
  virtual void bind_null(int index) = 0;
  /// As Query::step().
  virtual Result<bool> step() = 0;
  virtual void reset() = 0;
  /// As Query::added_row().
  virtual std::optional<std::int64_t> added_row() const = 0;
  /// The column's bytes, until the next step; "" for NULL.
  virtual std::string_view text(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual bool is_null(int column) const = 0;
};

/// A prepared statement on loan from a Connection, ready for arguments; resets itself when it goes.
///   MENO_TRY(Query query, connection.query("courses", "find"));
///   query.bind(1, course_id);
///   MENO_TRY(const bool found, query.step());
class Query {
 public:
  explicit Query(Statement& statement) : statement_(&statement) {}
  Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query() {
    if (statement_ != nullptr) statement_->reset();
  }

  Query& bind(int index, std::string_view text) {
    statement_->bind_text(index, text);
    return *this;
  }
  Query& bind(int index, std::int64_t value) {
    statement_->bind_integer(index, value);
    return *this;
  }
  Query& bind(int index, double value) {
    statement_->bind_real(index, value);
    return *this;
  }
  /// NULL when empty.
  Query& bind_optional(int index, const std::optional<std::string>& text) {
    if (text) return bind(index, std::string_view(*text));
    statement_->bind_null(index);
    return *this;
  }
  Query& bind_optional(int index, const std::optional<double>& value) {
    if (value) return bind(index, *value);
    statement_->bind_null(index);
    return *this;
  }
  Query& bind_optional(int index, const std::optional<std::int32_t>& value) {
    if (value) return bind(index, std::int64_t{*value});
    statement_->bind_null(index);
    return *this;
  }
  Query& bind_optional(int index, const std::optional<std::int64_t>& value) {
    if (value) return bind(index, *value);
    statement_->bind_null(index);
    return *this;
  }

  /// True when there is a row to read, false when there are no more. Errors: Conflict when a
  /// constraint forbids it; InvalidInput for text that the engine cannot keep; Unavailable when the
  /// database cannot be read or written.
  Result<bool> step() { return statement_->step(); }
  /// Makes the same query ready for the next arguments.
  void reset() { statement_->reset(); }
  /// After an INSERT's step(): the number that the database gave to the row; empty when none was
  /// added. (PostgreSQL's blocks return it by RETURNING.)
  std::optional<std::int64_t> added_row() const { return statement_->added_row(); }

  std::string text(int column) const { return std::string(statement_->text(column)); }
  std::int64_t integer(int column) const { return statement_->integer(column); }
  double real(int column) const { return statement_->real(column); }
  bool is_null(int column) const { return statement_->is_null(column); }

 private:
  Statement* statement_;
};

/// How a transaction stands.
enum class TransactionState {
  None,     // outside of one, also when the engine left it by itself
  Open,     // between begin() and commit()
  Aborted,  // an error has made it useless until it is rolled back, as PostgreSQL does
};

/// One connection with its prepared statements. Not thread-safe.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;
  virtual ~Connection() = default;

  /// The block `name` of sql/<engine>/<noun>.sql, prepared once. Only one Query of a block at a
  /// time.
  virtual Result<Query> query(std::string_view noun, std::string_view name) = 0;
  /// Runs one or several statements without arguments or rows.
  virtual Result<Done> execute(const std::string& sql) = 0;
  /// The one text of a query without arguments; "" when there is no row.
  virtual Result<std::string> text(const std::string& sql) = 0;
  /// The one integer of a query without arguments.
  Result<std::int64_t> integer(const std::string& sql);
  /// False when the other end is known to be gone: a pool drops such a connection.
  virtual bool usable() = 0;
  virtual TransactionState transaction() const = 0;
  /// Begins a transaction that will write. A lost connection is made again first.
  virtual Result<Done> begin() = 0;
  /// Durable on success. An error that leaves in_doubt() true may or may not have committed.
  virtual Result<Done> commit() = 0;
  /// True from a commit() that lost its connection until settle() knows better.
  virtual bool in_doubt() const = 0;
  /// Whether the transaction in doubt was committed. Errors: Unavailable while nobody can tell.
  virtual Result<bool> settle() = 0;
  /// Whether other processes may write to the database at the same time.
  virtual bool shared() const { return false; }
  /// Tells those who listen (store/neighbours.h), once the transaction is committed, what it has
  /// changed.
  virtual Result<Done> announce(std::string_view /*what*/, std::string_view /*course_id*/) {
    return Done{};
  }
};

}  // namespace meno
