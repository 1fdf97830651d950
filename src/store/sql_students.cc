#include "store/sql_students.h"

#include <fmt/format.h>

#include "store/sql_enrolment.h"
#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "students";

StoredStudent student_of(const Query& query) {
  return {.id = query.text(0),
          .display_name = query.text(1),
          .simulated = query.integer(2) != 0,
          .answers = static_cast<std::uint64_t>(query.integer(3))};
}

/// The student's row, added and counted when the id is new. Errors: Conflict when the id has
/// another name.
Result<std::int64_t> student_no(Connection& connection, const StoredStudent& student,
                                std::uint64_t& added) {
  MENO_TRY(Query known, connection.query(kSql, "by_id"));
  MENO_TRY(const bool found, known.bind(1, student.id).step());
  if (found) {
    if (known.text(1) == student.display_name) return known.integer(0);
    return conflict(fmt::format(
        "student id \"{}\" belongs to someone with another name, expected a new id", student.id));
  }
  MENO_TRY(Query query, connection.query(kSql, "add"));
  query.bind(1, student.id).bind(2, student.display_name).bind(3, std::int64_t{student.simulated});
  MENO_TRY_DONE(query.step());
  ++added;
  return query.added_row().value_or(0);
}

Result<Done> enrol_one(Connection& connection, std::int64_t course_no, std::string_view course_id,
                       const StoredStudent& student, std::uint64_t& added) {
  MENO_TRY(const std::int64_t no, student_no(connection, student, added));
  MENO_TRY(Query query, connection.query(kSql, "enrol"));
  const Result<bool> enrolled = query.bind(1, course_no).bind(2, no).step();
  if (enrolled) return Done{};
  if (enrolled.error().kind != ErrorKind::Conflict) return enrolled.error();
  return conflict(fmt::format("student \"{}\" is in course \"{}\" already, expected a new id",
                              student.id, course_id));
}

}  // namespace

Result<std::vector<StoredStudent>> SqlStudents::of_course(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "of_course"));
  return rows_of(query.bind(1, course_id), &student_of);
}

Result<std::optional<StoredStudent>> SqlStudents::find(std::string_view course_id,
                                                       std::string_view student_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "find"));
  MENO_TRY(const bool found, query.bind(1, course_id).bind(2, student_id).step());
  if (!found) return std::optional<StoredStudent>();
  return std::optional(student_of(query));
}

Result<Done> SqlStudents::enrol(std::string_view course_id,
                                std::span<const StoredStudent> students) {
  std::uint64_t added = 0;
  MENO_TRY_DONE(writer_.run([&](Connection& connection) -> Result<Done> {
    added = 0;  // a batch may be run again
    MENO_TRY(const std::int64_t course_no, course_no_of(connection, course_id));
    for (const StoredStudent& student : students) {
      MENO_TRY_DONE(enrol_one(connection, course_no, course_id, student, added));
    }
    return Done{};
  }));
  tally_.add(added);
  return Done{};
}

Result<bool> SqlStudents::known(std::string_view student_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "by_id"));
  return query.bind(1, student_id).step();
}

}  // namespace meno
