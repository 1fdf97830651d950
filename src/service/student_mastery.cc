#include "service/student_mastery.h"

namespace meno {

Result<StudentMastery> student_mastery(Services& services, std::string_view course_id,
                                       std::string_view student_id) {
  MENO_TRY(std::shared_ptr<const LiveCourse> course, services.courses.find(course_id));
  MENO_TRY(const std::shared_ptr<LiveStudent> student, services.students.find(course, student_id));
  StudentMastery mastery{.course = course, .skills = {}};
  MENO_TRY_DONE(student->now([&](const LearnerState& state) {
    mastery.skills = mastery_of(course->skills(), state.tracker(), state.record(),
                                course->tutor().probes(), services.clock.now());
  }));
  return mastery;
}

}  // namespace meno
