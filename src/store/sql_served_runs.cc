#include "store/sql_served_runs.h"

#include <fmt/format.h>

#include "store/sql_enrolment.h"
#include "store/sql_rows.h"

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

RunFile file_of(const Query& query) { return {.name = query.text(0), .content = query.text(1)}; }

Result<Done> check_last(Connection& connection, std::int64_t course, const ServedRun& row,
                        std::uint64_t after_no) {
  MENO_TRY(Query last, connection.query(kSql, "last_no"));
  MENO_TRY_DONE(last.bind(1, course).bind(2, row.base).step());
  const auto no = static_cast<std::uint64_t>(last.integer(0));
  if (no == after_no) return Done{};
  return conflict(
      fmt::format("the run of course \"{}\" was changed meanwhile (change {}), expected change {} "
                  "to be the last",
                  row.course_id, no, after_no));
}

Result<ServedRun> append_to(Connection& connection, const ServedRun& row,
                            std::optional<std::uint64_t> after_no) {
  MENO_TRY(const std::int64_t course, course_no_of(connection, row.course_id));
  if (after_no) {
    MENO_TRY_DONE(check_last(connection, course, row, *after_no));
  }
  MENO_TRY(Query query, connection.query(kSql, "append"));
  query.bind(1, course).bind(2, row.action).bind(3, row.version).bind(4, row.base);
  query.bind(5, std::int64_t{row.at.time_since_epoch().count()}).bind(6, row.figures);
  MENO_TRY_DONE(query.step());
  MENO_TRY(Query stored, connection.query(kSql, "by_no"));
  MENO_TRY_DONE(stored.bind(1, query.added_row().value_or(0)).step());
  MENO_TRY_DONE(connection.announce("served_runs", row.course_id));
  return row_of(stored);
}

}  // namespace

Result<ServedRun> SqlServedRuns::append_after(const ServedRun& row,
                                              std::optional<std::uint64_t> after_no) {
  ServedRun stored;
  MENO_TRY_DONE(writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY(stored, append_to(connection, row, after_no));
    return Done{};
  }));
  return stored;
}

Result<std::vector<ServedRun>> SqlServedRuns::of_course(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "of_course"));
  return rows_of(query.bind(1, course_id), &row_of);
}

Result<Done> SqlServedRuns::keep_files(std::string_view course_id, std::string_view version,
                                       std::span<const RunFile> files) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY(const std::int64_t course, course_no_of(connection, course_id));
    MENO_TRY(Query query, connection.query(kSql, "keep_file"));
    for (const RunFile& file : files) {
      query.bind(1, course).bind(2, version).bind(3, file.name).bind(4, file.content);
      MENO_TRY_DONE(query.step());
      query.reset();
    }
    return Done{};
  });
}

Result<std::vector<RunFile>> SqlServedRuns::files(std::string_view course_id,
                                                  std::string_view version) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "files"));
  return rows_of(query.bind(1, course_id).bind(2, version), &file_of);
}

}  // namespace meno
