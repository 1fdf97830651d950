// Enrol a student in a course.
#pragma once

#include <optional>
#include <string>

#include "service/services.h"

namespace meno {

struct EnrolStudent {
  std::string course_id;
  std::optional<std::string> id;  // one is made when absent
  std::string display_name;
};

/// The student as stored. Errors: NotFound (course), Conflict (id in use), Unavailable.
Result<StoredStudent> enrol_student(Services& services, const EnrolStudent& ask);

}  // namespace meno
