#include "store/sql_accounts.h"

#include <array>

#include <fmt/format.h>

#include "store/sql_audit.h"
#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "accounts";
constexpr std::string_view kChanged = "accounts";  // as neighbours are told

std::optional<std::int64_t> milliseconds(TimePoint time) {
  if (time == kNoTime) return std::nullopt;
  return std::int64_t{time.time_since_epoch().count()};
}

TimePoint time_of(const Query& query, int column) {
  return query.is_null(column) ? kNoTime
                               : TimePoint{std::chrono::milliseconds(query.integer(column))};
}

Error unknown(std::string_view what, std::string_view id) {
  return not_found(fmt::format("{} \"{}\", expected one that is there", what, id));
}

/// The number of the id that the block `name` looks up; nullopt for "". Errors: NotFound.
Result<std::optional<std::int64_t>> number_of(Connection& connection, std::string_view name,
                                              std::string_view what, std::string_view id) {
  if (id.empty()) return std::optional<std::int64_t>();
  MENO_TRY(Query query, connection.query(kSql, name));
  MENO_TRY(const bool found, query.bind(1, id).step());
  if (!found) return unknown(what, id);
  return std::optional(query.integer(0));
}

StoredAccount account_of(const Query& query) {
  return {.id = query.text(0),
          .role = role_named(query.text(1)).value_or(Role::Student),
          .display_name = query.text(2),
          .school_id = query.text(3),
          .student_id = query.text(4),
          .password_hash = query.text(5),
          .disabled = query.integer(6) != 0,
          .failures = query.integer(7),
          .locked_until = time_of(query, 8)};
}

StoredKey key_of(const Query& query) {
  return {.id = query.text(0),
          .token_hash = query.text(1),
          .scopes = query.text(2),
          .school_id = query.text(3),
          .expires_at = time_of(query, 4),
          .revoked = query.integer(5) != 0};
}

Result<Done> insert_account(Connection& connection, const StoredAccount& account) {
  MENO_TRY(const auto school, number_of(connection, "school_no", "school", account.school_id));
  MENO_TRY(const auto student, number_of(connection, "student_no", "student", account.student_id));
  MENO_TRY(Query query, connection.query(kSql, "add"));
  query.bind(1, account.id).bind(2, name_of(account.role)).bind(3, account.display_name);
  query.bind_optional(4, school).bind_optional(5, student).bind(6, account.password_hash);
  query.bind(7, std::int64_t{account.disabled}).bind(8, account.failures);
  query.bind_optional(9, milliseconds(account.locked_until));
  const Result<bool> added = query.step();
  if (added) return Done{};
  if (added.error().kind != ErrorKind::Conflict) return added.error();
  return conflict(fmt::format("account \"{}\" is there already, expected a new id", account.id));
}

Result<Done> run_on(Connection& connection, std::string_view name, std::int64_t no) {
  MENO_TRY(Query query, connection.query(kSql, name));
  MENO_TRY_DONE(query.bind(1, no).step());
  return Done{};
}

Result<Done> write_account(Connection& connection, const StoredAccount& account) {
  std::int64_t no = 0;
  bool sessions_end = account.disabled;
  {
    MENO_TRY(Query known, connection.query(kSql, "account_no"));
    MENO_TRY(const bool found, known.bind(1, account.id).step());
    if (!found) return unknown("account", account.id);
    no = known.integer(0);
    sessions_end = sessions_end || known.text(1) != account.password_hash;
  }
  MENO_TRY(Query query, connection.query(kSql, "update"));
  query.bind(1, no).bind(2, account.password_hash).bind(3, std::int64_t{account.disabled});
  query.bind(4, account.failures).bind_optional(5, milliseconds(account.locked_until));
  MENO_TRY_DONE(query.step());
  if (!sessions_end) return Done{};
  return run_on(connection, "end_sessions_of", no);
}

Result<Done> insert_session(Connection& connection, const StoredSession& session, TimePoint now) {
  MENO_TRY(const auto account, number_of(connection, "account_no", "account", session.account_id));
  if (!account) return unknown("account", session.account_id);
  MENO_TRY_DONE(run_on(connection, "forgive", *account));
  MENO_TRY_DONE(run_on(connection, "end_expired", now.time_since_epoch().count()));
  MENO_TRY(Query query, connection.query(kSql, "add_session"));
  query.bind(1, session.token_hash).bind(2, *account);
  query.bind(3, std::int64_t{session.expires_at.time_since_epoch().count()});
  MENO_TRY_DONE(query.step());
  return Done{};
}

Result<Done> insert_key(Connection& connection, const StoredKey& key) {
  MENO_TRY(const auto school, number_of(connection, "school_no", "school", key.school_id));
  MENO_TRY(Query query, connection.query(kSql, "add_key"));
  query.bind(1, key.id).bind(2, key.token_hash).bind(3, key.scopes).bind_optional(4, school);
  query.bind_optional(5, milliseconds(key.expires_at)).bind(6, std::int64_t{key.revoked});
  const Result<bool> added = query.step();
  if (added) return Done{};
  if (added.error().kind != ErrorKind::Conflict) return added.error();
  return conflict(fmt::format("key \"{}\" is there already, expected a new id", key.id));
}

constexpr std::array<std::string_view, 4> kRoles = {"student", "teacher", "school_admin",
                                                    "platform_admin"};

}  // namespace

std::string_view name_of(Role role) { return kRoles.at(static_cast<std::size_t>(role)); }

std::optional<Role> role_named(std::string_view name) {
  for (std::size_t k = 0; k < kRoles.size(); ++k) {
    if (kRoles.at(k) == name) return static_cast<Role>(k);
  }
  return std::nullopt;
}

Result<Done> SqlAccounts::add(const StoredAccount& account, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(insert_account(connection, account));
    MENO_TRY_DONE(connection.announce(kChanged, ""));
    return append_audit(connection, note);
  });
}

Result<Done> SqlAccounts::update(const StoredAccount& account, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(write_account(connection, account));
    MENO_TRY_DONE(connection.announce(kChanged, ""));
    return append_audit(connection, note);
  });
}

Result<std::optional<StoredAccount>> SqlAccounts::find(std::string_view account_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "find"));
  MENO_TRY(const bool found, query.bind(1, account_id).step());
  if (!found) return std::optional<StoredAccount>();
  return std::optional(account_of(query));
}

Result<std::vector<StoredAccount>> SqlAccounts::list() {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "list"));
  return rows_of(query, &account_of);
}

Result<Done> SqlAccounts::begin_session(const StoredSession& session, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(insert_session(connection, session, note.at));
    return append_audit(connection, note);
  });
}

Result<Done> SqlAccounts::end_session(std::string_view token_hash, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    {
      MENO_TRY(Query query, connection.query(kSql, "end_session"));
      MENO_TRY_DONE(query.bind(1, token_hash).step());
    }
    MENO_TRY_DONE(connection.announce(kChanged, ""));
    return append_audit(connection, note);
  });
}

Result<std::optional<StoredSession>> SqlAccounts::find_session(std::string_view token_hash) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "find_session"));
  MENO_TRY(const bool found, query.bind(1, token_hash).step());
  if (!found) return std::optional<StoredSession>();
  return std::optional(StoredSession{
      .token_hash = query.text(0), .account_id = query.text(1), .expires_at = time_of(query, 2)});
}

Result<Done> SqlAccounts::add_key(const StoredKey& key, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(insert_key(connection, key));
    MENO_TRY_DONE(connection.announce(kChanged, ""));
    return append_audit(connection, note);
  });
}

Result<Done> SqlAccounts::revoke_key(std::string_view key_id, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY(const auto no, number_of(connection, "key_no", "key", key_id));
    if (!no) return unknown("key", key_id);
    MENO_TRY_DONE(run_on(connection, "revoke_key", *no));
    MENO_TRY_DONE(connection.announce(kChanged, ""));
    return append_audit(connection, note);
  });
}

Result<std::optional<StoredKey>> SqlAccounts::find_key(std::string_view token_hash) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "find_key"));
  MENO_TRY(const bool found, query.bind(1, token_hash).step());
  if (!found) return std::optional<StoredKey>();
  return std::optional(key_of(query));
}

Result<std::vector<StoredKey>> SqlAccounts::keys() {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "keys"));
  return rows_of(query, &key_of);
}

}  // namespace meno
