// What a replayed policy may look at, and the policies that are replayed.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "tutor/learning_record.h"
#include "tutor/next_item/ranking.h"

namespace meno {

/// A skill that could come next.
struct SkillChoice {
  SkillId skill;
  double p_logged = 0.0;  // estimated; of the skills offered they sum to 1
  double rate = 0.5;      // of right answers of other students
};

/// One moment of one student.
struct ReplayMoment {
  const LearningRecord& record;
  const Tracker& tracker;
  const TutorCourse& course;
  std::span<const SkillChoice> choices;  // [K >= 1]
};

struct ReplayPolicyEntry {
  std::string_view name;
  std::string_view summary;
  /// P(choice), [K], summing to 1.
  std::vector<double> (*choose)(const ReplayMoment& moment);
};

/// The first chooses as the records do.
std::span<const ReplayPolicyEntry> replay_policies();

}  // namespace meno
