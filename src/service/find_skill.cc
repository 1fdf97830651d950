#include "service/find_skill.h"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/near_names.h"

namespace meno {

Result<SkillId> find_skill(const LiveCourse& course, std::string_view name) {
  if (const std::optional<SkillId> exact = course.skill(name)) return *exact;
  std::vector<std::string> names;
  for (const SkillId skill : course.skills()) {
    const Text& shown = course.tutor().skill_name(skill);
    if (shown.en == name || shown.zh_cn == name) return skill;
    names.push_back(course.skill_name(skill));
  }
  const std::vector<std::string> near = near_names(name, names, 5);
  return not_found(fmt::format(
      "no skill \"{}\" in course {}, expected one of its {}{}", name, course.stored().id,
      names.size(), near.empty() ? "" : fmt::format("; near it: {}", fmt::join(near, ", "))));
}

}  // namespace meno
