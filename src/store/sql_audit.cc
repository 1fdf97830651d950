#include "store/sql_audit.h"

#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "audit";

Result<Done> insert(Connection& connection, const AuditRow& row) {
  MENO_TRY(Query query, connection.query(kSql, "append"));
  query.bind(1, static_cast<std::int64_t>(row.no));
  query.bind(2, std::int64_t{row.note.at.time_since_epoch().count()});
  query.bind(3, row.note.actor).bind(4, row.note.action).bind(5, row.note.target);
  query.bind(6, row.note.detail).bind(7, row.hash);
  MENO_TRY_DONE(query.step());
  return Done{};
}

AuditRow row_of(const Query& query) {
  return {.no = static_cast<std::uint64_t>(query.integer(0)),
          .note = {.at = TimePoint{std::chrono::milliseconds(query.integer(1))},
                   .actor = query.text(2),
                   .action = query.text(3),
                   .target = query.text(4),
                   .detail = query.text(5)},
          .hash = query.text(6)};
}

}  // namespace

Result<Done> append_audit(Connection& connection, const AuditNote& note) {
  if (note.action.empty()) return Done{};
  AuditRow row{.no = 1, .note = note, .hash = ""};
  if (!note.request_id.empty()) {
    row.note.detail += note.detail.empty() ? "request " : ", request ";
    row.note.detail += note.request_id;
  }
  std::string previous;
  {
    MENO_TRY(Query last, connection.query(kSql, "last"));
    MENO_TRY(const bool found, last.step());
    if (found) {
      row.no = static_cast<std::uint64_t>(last.integer(0)) + 1;
      previous = last.text(1);
    }
  }
  row.hash = chain_hash(previous, row.no, row.note);
  return insert(connection, row);
}

Result<Done> SqlAudit::append(const AuditNote& note) {
  return writer_.run([&note](Connection& connection) { return append_audit(connection, note); });
}

Result<Done> SqlAudit::restore(std::span<const AuditRow> rows) {
  return writer_.run([rows](Connection& connection) -> Result<Done> {
    for (const AuditRow& row : rows) {
      MENO_TRY_DONE(insert(connection, row));
    }
    return Done{};
  });
}

Result<std::vector<AuditRow>> SqlAudit::since(std::uint64_t after, std::size_t most) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "since"));
  query.bind(1, static_cast<std::int64_t>(after)).bind(2, static_cast<std::int64_t>(most));
  return rows_of(query, &row_of);
}

}  // namespace meno
