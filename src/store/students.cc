#include "store/students.h"

#include <fmt/format.h>

namespace meno {

Error not_enrolled(std::string_view student_id, std::string_view course_id) {
  return not_found(
      fmt::format("student \"{}\" is not enrolled in course \"{}\", expected an enrolled student",
                  student_id, course_id));
}

}  // namespace meno
