#include "store/sql_served_runs.h"

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::string_view kSql = "served_runs";

ServedRun row_of(const Query& query) {
  return {.no = static_cast<std::uint64_t>(query.integer(0)),
          .course_id = query.text(1),
          .action = query.text(2),
          .version = query.text(3),
          .base = query.text(4),
          .at = TimePoint{std::chrono::milliseconds(query.integer(5))},
          .after_seq = static_cast<std::uint64_t>(query.integer(6)),
          .figures = query.text(7)};
}

Result<ServedRun> append_to(Connection& connection, const ServedRun& row) {
  MENO_TRY(Query course, connection.query(kSql, "course_no"));
  MENO_TRY(const bool found, course.bind(1, row.course_id).step());
  if (!found)
    return not_found(
        fmt::format("course \"{}\", expected one that GET /v1/courses lists", row.course_id));
  MENO_TRY(Query query, connection.query(kSql, "append"));
  query.bind(1, course.integer(0)).bind(2, row.action).bind(3, row.version).bind(4, row.base);
  query.bind(5, std::int64_t{row.at.time_since_epoch().count()}).bind(6, row.figures);
  MENO_TRY_DONE(query.step());
  MENO_TRY(Query stored, connection.query(kSql, "by_no"));
  MENO_TRY_DONE(stored.bind(1, query.added_row().value_or(0)).step());
  return row_of(stored);
}

}  // namespace

Result<ServedRun> SqlServedRuns::append(const ServedRun& row) {
  ServedRun stored;
  MENO_TRY_DONE(writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY(stored, append_to(connection, row));
    return Done{};
  }));
  return stored;
}

Result<std::vector<ServedRun>> SqlServedRuns::of_course(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "of_course"));
  query.bind(1, course_id);
  std::vector<ServedRun> rows;
  while (true) {
    MENO_TRY(const bool more, query.step());
    if (!more) return rows;
    rows.push_back(row_of(query));
  }
}

}  // namespace meno
