// A course's resources: readings, videos, worked examples, exercises and projects that a teacher
// has listed for it. They are one JSON document (schema CourseResources of the API), kept in the
// store as a setting of the course:
//
//   {"resources":[{"id","kind","title":{"en","zh-CN"} or text,"skills":[skill ids],"minutes",
//                  "url","item_id"}, ..]}
//
// A worked example with an item_id shows that item of the course's bank, solved.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json_fwd.h"
#include "core/result.h"
#include "service/live_course.h"
#include "service/teaching_rules.h"
#include "tutor/resource/resource.h"

namespace meno {

/// Under which a store keeps them as a setting of the course.
inline constexpr std::string_view kResourcesSetting = "resources";

/// As listed; `resource.skills` is empty, the names are not looked up.
struct CourseResource {
  Resource resource;
  std::vector<std::string> skill_ids;
};

/// Errors: InvalidInput for anything but one such document.
Result<std::vector<CourseResource>> parse_resources(std::string_view json);
/// The document, every field given; null where nothing is.
Json resources_json(const std::vector<CourseResource>& resources);

/// The same, or what a graph file (docs/paths.md) lists beside items, in the usual minutes of each
/// kind. `where` names the file. Errors: InvalidInput as parse_resources() and parse_graph().
Result<std::vector<CourseResource>> read_resources(std::string_view text, std::string_view where);

/// In the numbers of one version of the course. Errors: InvalidInput for a skill or item that the
/// course lacks, with near names, and for an id that is there twice or is an item's.
Result<std::vector<Resource>> work_resources(const std::vector<CourseResource>& resources,
                                             const LiveCourse& course);

/// Drops what either set of rules forbids, by the skills and names they mention.
void leave_allowed(std::vector<Resource>& resources, const TeachingRules& of_course,
                   const TeachingRules& of_student, const LiveCourse& course);

/// What teachers have laid down for one student.
struct Taught {
  const TeachingRules& of_course;
  const TeachingRules& of_student;
  const std::vector<CourseResource>& resources;
};

/// The rules with the resources that they leave. Errors: as the two functions behind it.
Result<WorkRules> work_rules(const Taught& taught, const LiveCourse& course);

}  // namespace meno
