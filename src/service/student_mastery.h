// Mastery of one student: every skill of the course with its estimate, band and evidence.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "service/services.h"

namespace meno {

struct StudentMastery {
  std::shared_ptr<const LiveCourse> course;  // the version that says so
  std::vector<SkillMastery> skills;          // in the course's order
  std::vector<BeliefBand> bands;  // of each skill's p_mastery; empty unless the run has a posterior
};

/// Errors: NotFound (course, student), Unavailable.
Result<StudentMastery> student_mastery(Services& services, std::string_view course_id,
                                       std::string_view student_id);

}  // namespace meno
