// Teaching rules: what a teacher has laid down for a course, or for one student in it: which skills
// and items may be recommended, in which order, by when, how hard, and how soon again. They are one
// JSON document (schema TeachingRules of the API):
//
//   {"allowed_skills":[..], "forbidden_skills":[..], "allowed_items":[..], "forbidden_items":[..],
//    "order":[skill, ..], "due":[{"skill_id","due_at"}, ..], "repeat_gap":15, "target":.78,
//    "exploration":false, "resources":true, "order_attempts":40}
//
// Every field may be left out. What is allowed of skills or items, if anything is named, is all
// that is allowed; an item needs all its skills allowed and none of them forbidden.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_fwd.h"
#include "core/result.h"
#include "service/live_course.h"
#include "tutor/next_item/next_item.h"
#include "tutor/resource/resource.h"

namespace meno {

struct DueSkill {
  std::string skill_id;
  TimePoint at = kNoTime;
};

struct TeachingRules {
  std::vector<std::string> allowed_skills;
  std::vector<std::string> forbidden_skills;
  std::vector<std::string> allowed_items;
  std::vector<std::string> forbidden_items;
  std::vector<std::string> order;
  std::vector<DueSkill> due;
  std::optional<int> repeat_gap;      // answers, in [1, 1000]
  std::optional<double> target;       // success rate aimed at, in [kLeastTarget, kMostTarget]
  std::optional<bool> exploration;    // by Thompson sampling; off unless set
  std::optional<bool> resources;      // whether any is proposed; on unless set
  std::optional<int> order_attempts;  // answers after which the order goes on, in [1, 1000]
};

inline constexpr double kLeastTarget = 0.5;
inline constexpr double kMostTarget = 0.95;

/// Names are not looked up: work_rules. Errors: InvalidInput for anything but one such document.
Result<TeachingRules> parse_rules(std::string_view json);
/// With every field, null where nothing is set.
Json rules_json(const TeachingRules& rules);

/// Rules in the numbers of one version of a course.
struct WorkRules {
  std::vector<ItemId> items;   // that may be recommended, ascending
  std::vector<DueDate> due;    // [S], empty where none is set; a skill's date is also that of all
                               // that comes before it
  std::vector<SkillId> order;  // the first to the last
  std::optional<int> repeat_gap;
  std::optional<double> target;
  bool exploration = false;
  std::optional<int> order_attempts;
  std::vector<Resource> resources;  // that may be proposed; filled in by Guidance
};

/// Both at once: what either forbids is forbidden, what both limit must be allowed by both, dates
/// of both count (the earlier one), and for the rest the student's rules go before the course's.
/// Errors: InvalidInput for a skill or item that the course lacks, with near names, for one named
/// twice in the order, and for rules that leave nothing of what could be recommended: the message
/// says which of them takes the last item away.
Result<WorkRules> work_rules(const TeachingRules& of_course, const TeachingRules& of_student,
                             const LiveCourse& course);

}  // namespace meno
