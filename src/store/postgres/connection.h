// libpq as a Connection: prepared statements, binary parameters and results, and a time limit on
// every wait. connection.cc and address.cc are the places that include libpq-fe.h.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/postgres/address.h"
#include "store/sql_connection.h"
#include "store/store.h"

struct pg_conn;    // libpq's PGconn
struct pg_result;  // libpq's PGresult

namespace meno {

using PostgresResult = std::unique_ptr<pg_result, void (*)(pg_result*)>;

class PostgresConnection;

class PostgresStatement final : public Statement {
 public:
  /// `sql` outlives the statement.
  PostgresStatement(PostgresConnection& owner, std::string name, std::string_view sql)
      : owner_(owner), name_(std::move(name)), sql_(sql) {}

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
  static constexpr std::size_t kParameters = 16;  // the longest block has ten

  void bind_bytes(int index, const char* bytes, std::size_t size);
  void bind_number(int index, std::uint64_t bits);
  std::uint64_t bits(int column) const;

  PostgresConnection& owner_;
  std::string name_;
  std::string_view sql_;
  bool prepared_ = false;
  int count_ = 0;  // parameters bound so far, the highest index
  std::array<const char*, kParameters> values_{};
  std::array<int, kParameters> lengths_{};
  std::array<std::array<char, 8>, kParameters> numbers_{};  // what values_ of numbers point to
  PostgresResult result_{nullptr, nullptr};
  int row_ = -1;
};

class PostgresConnection final : public Connection {
 public:
  /// A connection with time limits, UTF-8, and synchronous commits. Errors: Unavailable when the
  /// database cannot be reached; InvalidInput for a server that cannot keep our promises (older
  /// than 15, not UTF-8, fsync off).
  static Result<std::unique_ptr<PostgresConnection>> open(PostgresAddress address);

  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;
  PostgresConnection(PostgresConnection&&) = delete;
  PostgresConnection& operator=(PostgresConnection&&) = delete;
  ~PostgresConnection() override;

  /// Holds the database beside other meno processes, or alone, for as long as the session lives.
  /// Errors: Conflict when another process is in the way.
  Result<Done> take_lock(StoreUse use);
  /// Gives up what take_lock() took.
  Result<Done> release_lock(StoreUse use);
  /// From here on this is the session of server `server` that writes: begin() and settle() make
  /// lost connections again. Needs the lock and an up-to-date schema, of version `version`.
  void become_writer(std::string server, StoreUse use, std::size_t version);
  /// Hears from now on what other sessions announce.
  Result<Done> listen();
  /// What was announced, in order, each as "SERVER WHAT COURSE"; waits up to `patience` for the
  /// first. Errors: Unavailable when the connection is lost.
  Result<std::vector<std::string>> announcements(std::chrono::milliseconds patience);

  Result<Query> query(std::string_view noun, std::string_view name) override;
  Result<Done> execute(const std::string& sql) override;
  Result<std::string> text(const std::string& sql) override;
  bool usable() override;
  TransactionState transaction() const override;
  Result<Done> begin() override;
  Result<Done> commit() override;
  bool in_doubt() const override { return in_doubt_; }
  Result<bool> settle() override;
  bool shared() const override { return true; }
  Result<Done> announce(std::string_view what, std::string_view course_id) override;

 private:
  friend class PostgresStatement;

  explicit PostgresConnection(PostgresAddress address) : address_(std::move(address)) {}
  Result<Done> connect();
  Result<Done> reconnect();
  void close();
  bool consume_input();
  Result<Done> begin_batch();
  /// The last result of what was `sent`. Errors: the first one among the results; Unavailable when
  /// the connection is lost or the time is up, and the connection is then closed.
  Result<PostgresResult> result_of(bool sent);
  Result<Done> wait_for_input();
  Error lost(const std::string& why);

  PostgresAddress address_;
  pg_conn* handle_ = nullptr;
  std::map<std::pair<std::string_view, std::string_view>, std::unique_ptr<PostgresStatement>>
      statements_;
  std::string server_;  // our row in meno_server; "" for readers
  StoreUse use_ = StoreUse::Shared;
  std::size_t version_ = 0;  // of the store, that this server understands
  std::string batch_;        // number of the transaction that begin() began
  bool in_doubt_ = false;
};

}  // namespace meno
