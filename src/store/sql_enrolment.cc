#include "store/sql_enrolment.h"

#include <fmt/format.h>

#include "store/students.h"

namespace meno {

Result<std::int64_t> course_no_of(Connection& connection, std::string_view course_id) {
  MENO_TRY(Query query, connection.query("courses", "no"));
  MENO_TRY(const bool found, query.bind(1, course_id).step());
  if (found) return query.integer(0);
  return not_found(
      fmt::format("course \"{}\", expected one that GET /v1/courses lists", course_id));
}

Result<std::int64_t> enrolment_of(Connection& connection, std::string_view course_id,
                                  std::string_view student_id) {
  MENO_TRY(Query query, connection.query("answers", "enrolment"));
  MENO_TRY(const bool enrolled, query.bind(1, course_id).bind(2, student_id).step());
  if (enrolled) return query.integer(0);
  return not_enrolled(student_id, course_id);
}

EnrolmentMark mark_in(const Query& query, int column) {
  return {.seq = static_cast<std::uint64_t>(query.integer(column)),
          .feedback = static_cast<std::uint64_t>(query.integer(column + 1))};
}

}  // namespace meno
