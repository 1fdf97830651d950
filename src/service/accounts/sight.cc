#include "service/accounts/sight.h"

#include <algorithm>
#include <string>

namespace meno {
namespace {

Result<bool> student_sees(Services& services, const Principal& who, std::string_view course_id,
                          std::string_view student_id) {
  if (!student_id.empty()) return student_id == who.student_id;
  if (course_id.empty()) return true;
  MENO_TRY(const auto enrolled, services.store.students().find(course_id, who.student_id));
  return enrolled.has_value();
}

}  // namespace

Result<bool> sees(Services& services, const Principal& who, std::string_view course_id,
                  std::string_view student_id) {
  if (who.everywhere || (course_id.empty() && student_id.empty())) return true;
  if (who.is_student()) return student_sees(services, who, course_id, student_id);
  return services.store.roster().reaches(who.reach, course_id, student_id);
}

Result<Done> check_sees_all_of(Services& services, const Principal& who,
                               std::string_view course_id) {
  if (who.everywhere) return Done{};
  RosterStore& roster = services.store.roster();
  MENO_TRY(const std::vector<std::string> seen, roster.classes_of(who.reach, course_id));
  MENO_TRY(const std::vector<StoredClass> classes, roster.classes());
  for (const StoredClass& one : classes) {
    const bool has =
        std::find(one.courses.begin(), one.courses.end(), course_id) != one.courses.end();
    if (!has || std::binary_search(seen.begin(), seen.end(), one.id)) continue;
    return Error{ErrorKind::Forbidden,
                 "the course is also that of classes out of your sight, expected what is set for "
                 "one student: add \"student_id\""};
  }
  return Done{};
}

Result<std::vector<CourseSummary>> seen_courses(Services& services, const Principal& who) {
  MENO_TRY(std::vector<CourseSummary> courses, services.store.courses().list());
  if (who.everywhere) return courses;
  std::vector<CourseSummary> seen;
  for (CourseSummary& course : courses) {
    MENO_TRY(const bool visible, sees(services, who, course.id, ""));
    if (visible) seen.push_back(std::move(course));
  }
  return seen;
}

Result<std::vector<StoredStudent>> seen_students(Services& services, const Principal& who,
                                                 std::string_view course_id) {
  MENO_TRY(std::vector<StoredStudent> students, services.store.students().of_course(course_id));
  if (who.everywhere) return students;
  MENO_TRY(const std::vector<std::string> seen,
           services.store.roster().students_of(who.reach, course_id));
  std::erase_if(students, [&seen](const StoredStudent& student) {
    return !std::binary_search(seen.begin(), seen.end(), student.id);
  });
  return students;
}

}  // namespace meno
