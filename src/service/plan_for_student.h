// Use case: the path of one student to a goal within the minutes he has: deployed model -> belief
// -> planner. Asked again after an answer, it plans anew from what is then known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/services.h"
#include "tutor/path/planner.h"
#include "tutor/resource/resource.h"

namespace meno {

struct PlanForStudent {
  std::string_view course_id;
  std::string_view student_id;
  std::string_view goal;    // a skill's id or name
  double minutes = 60.0;    // 0: no limit on time
  int steps = 200;          // answers at most
  double mastery_at = 0.8;  // P(right) on the goal that counts as reached
};

/// One answer of the path.
struct PathStop {
  SkillId skill;
  ItemId item;
  PlannedStep expected;
  std::optional<SuggestedResource> resource{};  // to study before it
};

struct StudentPath {
  std::shared_ptr<const LiveCourse> course;
  SkillId goal;
  std::vector<PathStop> stops;
  PlannedPath planned;
  std::uint32_t answers = 0;    // of the student so far, in the course
  std::size_t fitted_on = 0;    // students whose answers say how fast is learnt; 0: general rates
  bool reached = false;         // within the budget, expected
  double minutes_needed = 0.0;  // to get there without a limit on time; 0: not within 1,000 answers
  std::vector<SkillId> missing;  // prerequisites without items: nothing here can teach them
};

/// Mastery and its band are the deployed model's. How fast skills are learnt comes from the
/// course's answers, of up to 300 students, where there are 30 or more, else general rates. Errors:
/// NotFound (course, student; an unknown goal, naming near ones); InvalidInput for a goal that
/// nothing can be practised for, or minutes or steps out of range; Unavailable.
Result<StudentPath> plan_for_student(Services& services, const PlanForStudent& ask);

}  // namespace meno
