// Mastery of one student: every skill of the course with its estimate, band and evidence.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "service/services.h"
#include "tutor/mastery/propagation.h"

namespace meno {

struct StudentMastery {
  std::shared_ptr<const LiveCourse> course;  // the version that says so
  std::vector<SkillMastery> skills;          // in the course's order
  /// Of each skill: the share of what was learnt that is expected to be left (tutor/next_item,
  /// recall); nullopt without an answer.
  std::vector<std::optional<double>> recall;
  /// Where a skill's own answers are few, what its neighbours in the graph say: beside the
  /// estimate, which does not use it.
  std::vector<std::optional<InferredMastery>> inferred;
  std::vector<BeliefBand> bands;  // of each skill's p_mastery; empty unless the run has a posterior
};

/// Errors: NotFound (course, student), Unavailable.
Result<StudentMastery> student_mastery(Services& services, std::string_view course_id,
                                       std::string_view student_id);

}  // namespace meno
