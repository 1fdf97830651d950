// The numbers of courses and enrolments, which rows of several tables hold.
#pragma once

#include <cstdint>
#include <string_view>

#include "store/answers.h"
#include "store/sql_connection.h"

namespace meno {

/// Errors: NotFound; the connection's.
Result<std::int64_t> course_no_of(Connection& connection, std::string_view course_id);

/// Errors: NotFound, as not_enrolled(); the connection's.
Result<std::int64_t> enrolment_of(Connection& connection, std::string_view course_id,
                                  std::string_view student_id);

/// The mark in two columns of a row, from `column` on.
EnrolmentMark mark_in(const Query& query, int column);

}  // namespace meno
