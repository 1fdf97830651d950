#include "store/postgres/connection.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <chrono>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include "store/sql.h"

namespace meno {
namespace {

constexpr const char* kConnectTimeoutS = "5";
/// The server gives up on a statement after 15 s (SQLite's busy timeout is 10 s); a server that
/// does not even say so is given up after 20 s.
constexpr std::chrono::milliseconds kPatience{20'000};
constexpr int kOldestServer = 150'000;
/// Of the advisory lock: "MENO" in ASCII, as SQLite's application_id.
constexpr std::int64_t kLockKey = 0x4D454E4F;
/// Longer announcements are refused by PostgreSQL (8,000 bytes): they then name no course.
constexpr std::size_t kLongestCourse = 7'000;

/// Of every session. A server that dies in the middle of a batch holds up the others until its
/// session is ended: at once when the process dies, in 10 s to half a minute when its machine does.
constexpr const char* kSession =
    "SET client_encoding = 'UTF8'; SET synchronous_commit = on; SET statement_timeout = '15s'; "
    "SET idle_in_transaction_session_timeout = '10s'; "
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4; "
    "SET client_min_messages = warning";

std::string first_line(std::string_view message) {
  const std::string_view line = message.substr(0, message.find('\n'));
  return std::string(line);
}

/// Source: PostgreSQL 15 documentation, appendix A (SQLSTATE classes).
ErrorKind kind_of(std::string_view state) {
  const std::string_view group = state.substr(0, 2);
  if (group == "23") return ErrorKind::Conflict;      // constraints
  if (group == "22") return ErrorKind::InvalidInput;  // e.g. a NUL character in a text
  if (state == "42501" || state == "25006") return ErrorKind::Unavailable;  // may not write
  for (const std::string_view unavailable : {"08", "28", "3D", "40", "53", "55", "57", "58"}) {
    if (group == unavailable) return ErrorKind::Unavailable;
  }
  return ErrorKind::Internal;
}

Error postgres_error(const PGresult* result) {
  const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* const message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string_view code = state == nullptr ? "" : state;
  return {
      kind_of(code),
      fmt::format("PostgreSQL says \"{}\" (code {})",
                  first_line(message == nullptr ? PQresultErrorMessage(result) : message), code)};
}

bool is_error(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY;
}

}  // namespace

void PostgresStatement::bind_bytes(int index, const char* bytes, std::size_t size) {
  const auto at = static_cast<std::size_t>(index - 1);
  values_.at(at) = bytes;
  lengths_.at(at) = static_cast<int>(size);
  count_ = std::max(count_, index);
}

void PostgresStatement::bind_number(int index, std::uint64_t bits) {
  std::array<char, 8>& bytes = numbers_.at(static_cast<std::size_t>(index - 1));
  for (std::size_t k = 0; k < bytes.size(); ++k) {  // network order
    bytes.at(k) = static_cast<char>(static_cast<unsigned char>(bits >> (8 * (7 - k))));
  }
  bind_bytes(index, bytes.data(), bytes.size());
}

void PostgresStatement::bind_text(int index, std::string_view text) {
  bind_bytes(index, text.data() == nullptr ? "" : text.data(), text.size());
}

void PostgresStatement::bind_integer(int index, std::int64_t value) {
  bind_number(index, static_cast<std::uint64_t>(value));
}

void PostgresStatement::bind_real(int index, double value) {
  bind_number(index, std::bit_cast<std::uint64_t>(value));
}

void PostgresStatement::bind_null(int index) { bind_bytes(index, nullptr, 0); }

Result<bool> PostgresStatement::step() {
  if (!result_) {
    if (!prepared_) {
      MENO_TRY_DONE(owner_.result_of(PQsendPrepare(owner_.handle_, name_.c_str(),
                                                   std::string(sql_).c_str(), 0, nullptr) == 1));
      prepared_ = true;
    }
    static constexpr std::array<int, kParameters> kBinary = {1, 1, 1, 1, 1, 1, 1, 1,
                                                             1, 1, 1, 1, 1, 1, 1, 1};
    const bool sent = PQsendQueryPrepared(owner_.handle_, name_.c_str(), count_, values_.data(),
                                          lengths_.data(), kBinary.data(), 1) == 1;
    MENO_TRY(result_, owner_.result_of(sent));
  }
  return ++row_ < PQntuples(result_.get());
}

void PostgresStatement::reset() {
  result_.reset();
  row_ = -1;
  values_.fill(nullptr);
}

std::optional<std::int64_t> PostgresStatement::added_row() const {
  if (!result_ || PQntuples(result_.get()) == 0) return std::nullopt;
  return integer(0);
}

std::string_view PostgresStatement::text(int column) const {
  return {PQgetvalue(result_.get(), row_, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

std::uint64_t PostgresStatement::bits(int column) const {
  std::uint64_t value = 0;
  for (const char byte : text(column)) value = value << 8U | static_cast<unsigned char>(byte);
  return value;
}

std::int64_t PostgresStatement::integer(int column) const {
  return static_cast<std::int64_t>(bits(column));  // bigint and boolean, never a negative integer
}

double PostgresStatement::real(int column) const { return std::bit_cast<double>(bits(column)); }

bool PostgresStatement::is_null(int column) const {
  return PQgetisnull(result_.get(), row_, column) == 1;
}

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(PostgresAddress address) {
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(std::move(address)));
  MENO_TRY_DONE(connection->connect());
  return connection;
}

PostgresConnection::~PostgresConnection() { close(); }

void PostgresConnection::close() {
  statements_.clear();
  if (handle_ != nullptr) PQfinish(handle_);
  handle_ = nullptr;
}

Error PostgresConnection::lost(const std::string& why) {
  return unavailable(fmt::format("{} cannot be reached ({})", address_.name, first_line(why)));
}

Result<Done> PostgresConnection::connect() {
  close();
  // What the URL says comes last and so counts more.
  const std::array<const char*, 4> keywords = {"connect_timeout", "application_name", "dbname",
                                               nullptr};
  const std::array<const char*, 4> values = {kConnectTimeoutS, "meno", address_.url.c_str(),
                                             nullptr};
  handle_ = PQconnectdbParams(keywords.data(), values.data(), 1);
  if (PQstatus(handle_) != CONNECTION_OK) {
    const Error error = lost(PQerrorMessage(handle_));
    close();
    return error;
  }
  PQsetNoticeProcessor(
      handle_, [](void*, const char*) {}, nullptr);  // else to standard error
  if (PQserverVersion(handle_) < kOldestServer) {
    return invalid_input(fmt::format("{} is PostgreSQL {}, expected 15 or newer", address_.name,
                                     PQserverVersion(handle_) / 10'000));
  }
  MENO_TRY_DONE(execute(kSession));
  MENO_TRY(const std::string encoding, text("SHOW server_encoding"));
  if (encoding != "UTF8") {
    return invalid_input(
        fmt::format("{} keeps text as {}, expected UTF8", address_.name, encoding));
  }
  MENO_TRY(const std::string fsync, text("SHOW fsync"));
  if (fsync == "on") return Done{};
  return invalid_input(fmt::format(
      "{} has fsync {}, expected on: answers would not survive a power cut", address_.name, fsync));
}

Result<Done> PostgresConnection::take_lock(StoreUse use) {
  // The session of a server that was killed may need a moment to notice. (A batch waits for
  // another's as long as for any statement.)
  const char* const lock = use == StoreUse::Alone ? "pg_advisory_lock" : "pg_advisory_lock_shared";
  const Result<std::string> taken =
      text(fmt::format("SET lock_timeout = '3s'; SELECT {}({})", lock, kLockKey));
  if (taken) return execute("SET lock_timeout = 0");
  if (!usable()) return taken.error();
  return conflict(fmt::format(
      "{} is open in another meno process, expected {}", address_.name,
      use == StoreUse::Alone ? "to be its only user" : "no process that needs it alone"));
}

Result<Done> PostgresConnection::release_lock(StoreUse use) {
  const char* const unlock =
      use == StoreUse::Alone ? "pg_advisory_unlock" : "pg_advisory_unlock_shared";
  return execute(fmt::format("SELECT {}({})", unlock, kLockKey));
}

void PostgresConnection::become_writer(std::string server, StoreUse use, std::size_t version) {
  server_ = std::move(server);
  use_ = use;
  version_ = version;
}

Result<Done> PostgresConnection::reconnect() {
  MENO_TRY_DONE(connect());
  const Result<Done> locked = take_lock(use_);
  const Result<std::string> version =
      locked ? text("SELECT version FROM meno_store") : locked.error();
  if (version && *version == std::to_string(version_)) return Done{};
  close();
  if (!version) return unavailable(version.error().message);
  return unavailable(fmt::format("{} has store version {} by now, expected {}: start a newer meno",
                                 address_.name, *version, version_));
}

Result<Done> PostgresConnection::listen() { return execute("LISTEN meno"); }

bool PostgresConnection::consume_input() {
  pollfd heard{.fd = PQsocket(handle_), .events = POLLIN, .revents = 0};
  while (::poll(&heard, 1, 0) > 0) {
    if (PQconsumeInput(handle_) == 0) return false;
  }
  return PQstatus(handle_) == CONNECTION_OK;
}

Result<std::vector<std::string>> PostgresConnection::announcements(
    std::chrono::milliseconds patience) {
  if (handle_ == nullptr) return lost("the connection was lost");
  pollfd heard{.fd = PQsocket(handle_), .events = POLLIN, .revents = 0};
  ::poll(&heard, 1, static_cast<int>(patience.count()));
  if (!consume_input()) return lost(PQerrorMessage(handle_));
  std::vector<std::string> all;
  while (true) {
    const std::unique_ptr<PGnotify, void (*)(void*)> one(PQnotifies(handle_), &PQfreemem);
    if (!one) return all;
    all.emplace_back(one->extra);
  }
}

Result<Done> PostgresConnection::announce(std::string_view what, std::string_view course_id) {
  if (course_id.size() > kLongestCourse) course_id = {};
  const std::string payload = fmt::format("{} {} {}", server_, what, course_id);
  MENO_TRY(Query query, this->query("neighbours", "announce"));
  MENO_TRY_DONE(query.bind(1, payload).step());
  return Done{};
}

Result<Query> PostgresConnection::query(std::string_view noun, std::string_view name) {
  std::unique_ptr<PostgresStatement>& statement = statements_[{noun, name}];
  if (statement == nullptr) {
    const std::string_view sql = sql_block(fmt::format("postgres/{}", noun), name);
    statement = std::make_unique<PostgresStatement>(*this, fmt::format("{}.{}", noun, name), sql);
  }
  return Query(*statement);
}

Result<Done> PostgresConnection::wait_for_input() {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (PQisBusy(handle_) == 1) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd wanted{.fd = PQsocket(handle_), .events = POLLIN, .revents = 0};
    const int ready = left.count() <= 0 ? 0 : ::poll(&wanted, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return lost("it does not reply");
    if (PQconsumeInput(handle_) == 0) return lost(PQerrorMessage(handle_));
  }
  return Done{};
}

Result<PostgresResult> PostgresConnection::result_of(bool sent) {
  if (handle_ == nullptr) return lost("the connection was lost");
  std::optional<Error> failed;
  if (!sent) failed = lost(PQerrorMessage(handle_));
  PostgresResult last(nullptr, &PQclear);
  while (sent) {
    if (Result<Done> waited = wait_for_input(); !waited) {
      // Nothing that comes later belongs to a later question.
      PQfinish(std::exchange(handle_, nullptr));
      return waited.error();
    }
    PostgresResult next(PQgetResult(handle_), &PQclear);
    if (!next) break;
    if (is_error(next.get()) && !failed) failed = postgres_error(next.get());
    last = std::move(next);
  }
  if (PQstatus(handle_) != CONNECTION_OK) {
    Error gone = lost(failed ? failed->message : PQerrorMessage(handle_));
    PQfinish(std::exchange(handle_, nullptr));
    return gone;
  }
  if (failed) return *failed;
  return last;
}

Result<Done> PostgresConnection::execute(const std::string& sql) {
  MENO_TRY_DONE(result_of(PQsendQuery(handle_, sql.c_str()) == 1));
  return Done{};
}

Result<std::string> PostgresConnection::text(const std::string& sql) {
  MENO_TRY(const PostgresResult result, result_of(PQsendQuery(handle_, sql.c_str()) == 1));
  if (!result || PQntuples(result.get()) == 0) return std::string();
  return std::string(PQgetvalue(result.get(), 0, 0));
}

bool PostgresConnection::usable() {
  // An idle session hears little but its end: why it ends, and then nothing more.
  return handle_ != nullptr && consume_input();
}

TransactionState PostgresConnection::transaction() const {
  switch (handle_ == nullptr ? PQTRANS_UNKNOWN : PQtransactionStatus(handle_)) {
    case PQTRANS_INTRANS:
      return TransactionState::Open;
    case PQTRANS_INERROR:
      return TransactionState::Aborted;
    default:
      return TransactionState::None;
  }
}

Result<Done> PostgresConnection::begin_batch() {
  // The row's lock also makes the batches of all who write wait for one another, so that `seq` is
  // the order of commits.
  MENO_TRY(batch_, text(fmt::format(
                       "BEGIN; WITH turn AS (UPDATE meno_store SET batch = batch + 1 RETURNING "
                       "batch) INSERT INTO meno_server (id, batch, last_at) SELECT '{}', "
                       "batch, now() FROM turn ON CONFLICT (id) DO UPDATE SET batch = "
                       "excluded.batch, last_at = excluded.last_at RETURNING batch",
                       server_)));
  return Done{};
}

Result<Done> PostgresConnection::begin() {
  if (usable()) {
    Result<Done> begun = begin_batch();
    if (begun || usable()) return begun;
  }
  MENO_TRY_DONE(reconnect());
  return begin_batch();
}

Result<Done> PostgresConnection::commit() {
  // Without a time limit of the server's: one that ends the wait for a synchronous standby would
  // report success.
  Result<PostgresResult> result =
      result_of(PQsendQuery(handle_, "SET LOCAL statement_timeout = 0; COMMIT") == 1);
  if (!result) {
    in_doubt_ = handle_ == nullptr;
    return result.error();
  }
  if (std::string_view(PQcmdStatus(result->get())) == "COMMIT") return Done{};
  return unavailable("PostgreSQL has rolled the transaction back");
}

Result<bool> PostgresConnection::settle() {
  if (!usable()) {
    MENO_TRY_DONE(reconnect());
  }
  // The session that was lost held the row's lock: once it is ours, that session has ended, and
  // with it the doubt. What is written here is on a synchronous standby only together with all that
  // came before it.
  const Result<Done> ended = execute("BEGIN; UPDATE meno_store SET batch = batch + 1");
  const Result<std::string> last =
      ended ? text(fmt::format("SELECT batch FROM meno_server WHERE id = '{}'", server_))
            : ended.error();
  const Result<Done> closed = last ? commit() : last.error();
  in_doubt_ = !closed;
  if (closed) return *last == batch_;
  close();
  return unavailable(closed.error().message);
}

}  // namespace meno
