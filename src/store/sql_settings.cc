#include "store/sql_settings.h"

#include "store/sql_enrolment.h"
#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "settings";
/// enrolment_no of what is set for a whole course.
constexpr std::int64_t kWholeCourse = 0;

StoredSetting setting_of(const Query& query) {
  return {.course_id = query.text(0),
          .student_id = query.text(1),
          .name = query.text(2),
          .document = query.text(3),
          .changed_at = TimePoint{std::chrono::milliseconds(query.integer(4))}};
}

Result<Done> put_into(Connection& connection, const StoredSetting& setting) {
  MENO_TRY(const std::int64_t course, course_no_of(connection, setting.course_id));
  std::int64_t enrolment = kWholeCourse;
  if (!setting.student_id.empty()) {
    MENO_TRY(enrolment, enrolment_of(connection, setting.course_id, setting.student_id));
  }
  MENO_TRY(Query query, connection.query(kSql, "put"));
  query.bind(1, course).bind(2, enrolment).bind(3, setting.name);
  query.bind(4, setting.document)
      .bind(5, std::int64_t{setting.changed_at.time_since_epoch().count()});
  MENO_TRY_DONE(query.step());
  return connection.announce("settings", setting.course_id);
}

}  // namespace

Result<Done> SqlSettings::put(const StoredSetting& setting) {
  return writer_.run([&](Connection& connection) { return put_into(connection, setting); });
}

Result<std::vector<StoredSetting>> SqlSettings::of(std::string_view course_id,
                                                   std::string_view student_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, student_id.empty() ? "of_whole" : "of_student"));
  query.bind(1, course_id);
  if (!student_id.empty()) query.bind(2, student_id);
  return rows_of(query, &setting_of);
}

Result<std::vector<StoredSetting>> SqlSettings::of_course(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "of_course"));
  return rows_of(query.bind(1, course_id), &setting_of);
}

}  // namespace meno
