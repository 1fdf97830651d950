#include "service/class_overview.h"

#include <utility>

#include "service/accounts/sight.h"

namespace meno {
namespace {

/// A copy of what the insight needs of one student, so that nobody's lock is held while others are
/// looked at.
struct StudentSeen {
  LearningRecord record;
  std::vector<SkillMastery> mastery;  // by skill id
};

Result<StudentSeen> look_at(Services& services, const std::shared_ptr<const LiveCourse>& course,
                            std::string_view student_id) {
  MENO_TRY(const std::shared_ptr<LiveStudent> student, services.students.find(course, student_id));
  StudentSeen seen;
  MENO_TRY_DONE(student->under(course, [&](const LearnerState& state) {
    seen.record = state.record();
    seen.mastery = mastery_of_all(state.tracker(), state.record(), course->tutor().probes(),
                                  services.clock.now());
  }));
  return seen;
}

ClassStudent class_student(StoredStudent student, const StudentSeen& seen,
                           const LiveCourse& course) {
  ClassStudent row{.student = std::move(student),
                   .last_answered_at = seen.record.last_at(),
                   .mastery = {},
                   .evidence = {}};
  const std::vector<std::optional<double>> cells = heat_map_row(seen.mastery);
  for (const SkillId skill : course.skills()) {
    row.mastery.push_back(cells[skill.value]);
    row.evidence.push_back(seen.mastery[skill.value].answers);
  }
  return row;
}

}  // namespace

Result<ClassOverview> class_overview(Services& services, const Principal& who,
                                     std::string_view course_id) {
  MENO_TRY(std::shared_ptr<const LiveCourse> course, services.courses.find(course_id));
  MENO_TRY(std::vector<StoredStudent> students, seen_students(services, who, course_id));
  std::vector<StudentSeen> seen;
  seen.reserve(students.size());
  ClassOverview overview{.course = course, .students = {}, .needs_help = {}};
  for (StoredStudent& student : students) {
    MENO_TRY(StudentSeen one, look_at(services, course, student.id));
    overview.students.push_back(class_student(std::move(student), one, *course));
    seen.push_back(std::move(one));
  }
  std::vector<ClassMember> members;
  members.reserve(seen.size());
  for (const StudentSeen& one : seen)
    members.push_back({.record = one.record, .mastery = one.mastery});
  overview.needs_help = needs_help(members, course->tutor().graph(), course->tutor().skill_names(),
                                   services.clock.now());
  return overview;
}

}  // namespace meno
