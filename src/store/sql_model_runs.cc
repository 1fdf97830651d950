#include "store/sql_model_runs.h"

#include "store/sql_enrolment.h"
#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "model_runs";

TimePoint time_in(const Query& query, int column) {
  return TimePoint{std::chrono::milliseconds(query.integer(column))};
}

ModelRun run_of(const Query& query) {
  return {.course_id = query.text(0),
          .version = query.text(1),
          .parent = query.text(2),
          .base = query.text(3),
          .origin = query.text(4),
          .model = query.text(5),
          .data_hash = query.text(6),
          .simulated = query.integer(7) != 0,
          .made_at = time_in(query, 8),
          .metrics = query.text(9),
          .state = query.text(10),
          .changed_at = time_in(query, 11),
          .share = query.real(12),
          .figures = query.text(13)};
}

CourseAlarm alarm_of(const Query& query) {
  return {.course_id = query.text(0),
          .kind = query.text(1),
          .version = query.text(2),
          .seq = static_cast<std::uint64_t>(query.integer(3)),
          .at = time_in(query, 4),
          .figures = query.text(5)};
}

Result<Done> put_in(Connection& connection, const ModelRun& run) {
  MENO_TRY(const std::int64_t course, course_no_of(connection, run.course_id));
  MENO_TRY(Query query, connection.query(kSql, "put"));
  query.bind(1, course).bind(2, run.version).bind(3, run.parent).bind(4, run.base);
  query.bind(5, run.origin).bind(6, run.model).bind(7, run.data_hash);
  query.bind(8, std::int64_t{run.simulated});
  query.bind(9, std::int64_t{run.made_at.time_since_epoch().count()}).bind(10, run.metrics);
  query.bind(11, run.state).bind(12, std::int64_t{run.changed_at.time_since_epoch().count()});
  MENO_TRY_DONE(query.bind(13, run.share).bind(14, run.figures).step());
  return Done{};
}

Result<Done> add_to(Connection& connection, const CourseAlarm& alarm, bool& added) {
  MENO_TRY(const std::int64_t course, course_no_of(connection, alarm.course_id));
  MENO_TRY(Query query, connection.query(kSql, "add_alarm"));
  query.bind(1, course).bind(2, alarm.kind).bind(3, alarm.version);
  query.bind(4, static_cast<std::int64_t>(alarm.seq));
  query.bind(5, std::int64_t{alarm.at.time_since_epoch().count()}).bind(6, alarm.figures);
  MENO_TRY_DONE(query.step());
  added = query.added_row().has_value();
  return Done{};
}

}  // namespace

Result<Done> SqlModelRuns::put(const ModelRun& run) {
  return writer_.run([&run](Connection& connection) { return put_in(connection, run); });
}

Result<std::vector<ModelRun>> SqlModelRuns::of_course(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "of_course"));
  return rows_of(query.bind(1, course_id), &run_of);
}

Result<bool> SqlModelRuns::add_alarm(const CourseAlarm& alarm) {
  bool added = false;
  MENO_TRY_DONE(writer_.run(
      [&alarm, &added](Connection& connection) { return add_to(connection, alarm, added); }));
  return added;
}

Result<std::vector<CourseAlarm>> SqlModelRuns::alarms(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "alarms"));
  return rows_of(query.bind(1, course_id), &alarm_of);
}

}  // namespace meno
