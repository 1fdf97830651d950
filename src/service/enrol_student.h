// Enrol a student in a course.
#pragma once

#include <optional>
#include <string>

#include "service/accounts/principal.h"
#include "service/services.h"

namespace meno {

struct EnrolStudent {
  std::string course_id;
  std::optional<std::string> id;  // one is made when absent
  std::string display_name;
  std::string request_id = {};  // for the audit log
  std::string class_id = {};    // which class of `who` the student joins; "" for the only one
};

/// The student as stored. Whoever does not see everything enrols into a class of theirs that works
/// on the course. Errors: NotFound (course, class), InvalidInput (several classes and none named),
/// Conflict (id in use, also when it is out of sight of `who`), Unavailable.
Result<StoredStudent> enrol_student(Services& services, const Principal& who,
                                    const EnrolStudent& ask);

}  // namespace meno
