#include "service/enrol_student.h"

#include <algorithm>
#include <random>

#include <fmt/format.h>

#include "service/accounts/sight.h"

namespace meno {
namespace {

/// 96 random bits: never a number that tells how many students there are.
std::string new_id() {
  std::random_device entropy;
  return fmt::format("s-{:08x}{:08x}{:08x}", entropy(), entropy(), entropy());
}

/// The class of `who` that the student is to join. Errors: as enrol_student.
Result<std::string> class_for(Services& services, const Principal& who, const EnrolStudent& ask) {
  MENO_TRY(const std::vector<std::string> classes,
           services.store.roster().classes_of(who.reach, ask.course_id));
  if (ask.class_id.empty() && classes.size() == 1) return classes.front();
  if (std::find(classes.begin(), classes.end(), ask.class_id) != classes.end()) return ask.class_id;
  if (!ask.class_id.empty()) {
    return not_found(fmt::format("class \"{}\", expected one of yours that works on course \"{}\"",
                                 ask.class_id, ask.course_id));
  }
  return invalid_input(
      fmt::format("\"class_id\" is missing and {} of your classes work on course \"{}\", expected "
                  "the id of one",
                  classes.size(), ask.course_id));
}

/// Nobody gets sight of a student by guessing an id.
Result<Done> check_id_is_free(Services& services, const Principal& who, const std::string& id) {
  MENO_TRY(const bool known, services.store.students().known(id));
  if (!known) return Done{};
  MENO_TRY(const bool seen, sees(services, who, "", id));
  if (seen) return Done{};
  return conflict(
      fmt::format("student id \"{}\" belongs to someone with another name, expected a new id", id));
}

}  // namespace

Result<StoredStudent> enrol_student(Services& services, const Principal& who,
                                    const EnrolStudent& ask) {
  StoredStudent student{.id = ask.id.value_or(new_id()), .display_name = ask.display_name};
  std::string class_id = ask.class_id;
  if (!who.everywhere) {
    MENO_TRY(class_id, class_for(services, who, ask));
    MENO_TRY_DONE(check_id_is_free(services, who, student.id));
  }
  MENO_TRY_DONE(services.store.students().enrol(ask.course_id, std::span(&student, 1)));
  if (class_id.empty() || who.everywhere) return student;
  StoredClass joined;
  joined.id = class_id;
  joined.school_id = who.school_id;
  joined.students = {student.id};
  MENO_TRY_DONE(services.store.roster().add_to_class(joined, {.at = services.clock.now(),
                                                              .actor = who.id,
                                                              .action = "student_enrolled",
                                                              .target = student.id,
                                                              .detail = class_id,
                                                              .request_id = ask.request_id}));
  return student;
}

}  // namespace meno
