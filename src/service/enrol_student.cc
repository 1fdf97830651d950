#include "service/enrol_student.h"

#include <random>

#include <fmt/format.h>

namespace meno {
namespace {

/// 96 random bits: never a number that tells how many students there are.
std::string new_id() {
  std::random_device entropy;
  return fmt::format("s-{:08x}{:08x}{:08x}", entropy(), entropy(), entropy());
}

}  // namespace

Result<StoredStudent> enrol_student(Services& services, const EnrolStudent& ask) {
  StoredStudent student{.id = ask.id.value_or(new_id()), .display_name = ask.display_name};
  MENO_TRY_DONE(services.store.students().enrol(ask.course_id, std::span(&student, 1)));
  return student;
}

}  // namespace meno
