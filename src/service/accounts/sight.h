// Sight: what a principal sees of courses and students. Out of sight is as if it were not there.
#pragma once

#include <string_view>
#include <vector>

#include "service/accounts/principal.h"
#include "service/services.h"

namespace meno {

/// Whether the course and the student ("" stands for any) are within sight: a student's own record
/// and courses; of others, what one of their classes has. Errors: Unavailable.
Result<bool> sees(Services& services, const Principal& who, std::string_view course_id,
                  std::string_view student_id);

/// What is set for a whole course touches every class that works on it. Errors: Forbidden when one
/// of them is out of sight; Unavailable.
Result<Done> check_sees_all_of(Services& services, const Principal& who,
                               std::string_view course_id);

/// The courses within sight, by id. Errors: Unavailable.
Result<std::vector<CourseSummary>> seen_courses(Services& services, const Principal& who);

/// The students of the course within sight, by id. Errors: Unavailable.
Result<std::vector<StoredStudent>> seen_students(Services& services, const Principal& who,
                                                 std::string_view course_id);

}  // namespace meno
