#include "store/sql_links.h"

#include <utility>

#include <fmt/format.h>

#include "store/sql_audit.h"
#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "links";
constexpr std::string_view kOfAccounts =
    "accounts";  // blocks of theirs, and as neighbours are told

StoredLink link_of(const Query& query) {
  return {.issuer = query.text(0), .subject = query.text(1), .account_id = query.text(2)};
}

Result<std::int64_t> account_no(Connection& connection, std::string_view account_id) {
  MENO_TRY(Query query, connection.query(kOfAccounts, "account_no"));
  MENO_TRY(const bool found, query.bind(1, account_id).step());
  if (found) return query.integer(0);
  return not_found(fmt::format("account \"{}\", expected one that is there", account_id));
}

Result<Done> insert_link(Connection& connection, const StoredLink& link) {
  MENO_TRY(const std::int64_t account, account_no(connection, link.account_id));
  MENO_TRY(Query query, connection.query(kSql, "add"));
  query.bind(1, link.issuer).bind(2, link.subject).bind(3, account);
  const Result<bool> added = query.step();
  if (added) return Done{};
  if (added.error().kind != ErrorKind::Conflict) return added.error();
  return conflict(fmt::format(
      "account \"{}\" or the person at {} is linked already, expected neither: meno user unlink",
      link.account_id, link.issuer));
}

Result<Done> has_link(Connection& connection, std::int64_t account, std::string_view account_id) {
  MENO_TRY(Query query, connection.query(kSql, "count_of"));
  MENO_TRY_DONE(query.bind(1, account).step());
  if (query.integer(0) > 0) return Done{};
  return not_found(fmt::format("account \"{}\" has no link, expected one that has", account_id));
}

Result<Done> delete_links(Connection& connection, std::string_view account_id) {
  MENO_TRY(const std::int64_t account, account_no(connection, account_id));
  MENO_TRY_DONE(has_link(connection, account, account_id));
  for (const auto& [noun, block] : {std::pair(kSql, std::string_view("remove_of")),
                                    std::pair(kOfAccounts, std::string_view("end_sessions_of"))}) {
    MENO_TRY(Query query, connection.query(noun, block));
    MENO_TRY_DONE(query.bind(1, account).step());
  }
  return connection.announce(kOfAccounts, "");
}

}  // namespace

Result<Done> SqlLinks::add(const StoredLink& link, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(insert_link(connection, link));
    return append_audit(connection, note);
  });
}

Result<Done> SqlLinks::remove_of(std::string_view account_id, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(delete_links(connection, account_id));
    return append_audit(connection, note);
  });
}

Result<std::optional<StoredLink>> SqlLinks::find(std::string_view issuer,
                                                 std::string_view subject) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "find"));
  MENO_TRY(const bool found, query.bind(1, issuer).bind(2, subject).step());
  if (!found) return std::optional<StoredLink>();
  return std::optional(link_of(query));
}

Result<std::vector<StoredLink>> SqlLinks::list() {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "list"));
  return rows_of(query, &link_of);
}

}  // namespace meno
