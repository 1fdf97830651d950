#include "domain/course.h"

#include <fmt/format.h>

#include "core/json.h"

namespace meno {

Json to_json(const Course& course) {
  Json items = Json::array();
  for (std::size_t i = 0; i < course.items.size(); ++i) {
    Json skills = Json::array();
    for (const SkillId skill : course.item_skills[i]) skills.push_back(skill.value);
    items.push_back(Json::array({course.items.names()[i], std::move(skills)}));
  }
  return {{"name", course.name}, {"skills", course.skills.names()}, {"items", std::move(items)}};
}

namespace {

/// The skills of one item entry. Throws Json::exception on a wrong type; the caller turns it into
/// an Error.
Result<std::vector<SkillId>> item_skills_from_json(const Json& item, std::size_t skill_count,
                                                   std::string_view where) {
  std::vector<SkillId> skills;
  for (const Json& skill : item.at(1)) {
    const auto value = skill.get<std::uint32_t>();
    if (value >= skill_count) {
      return invalid_input(fmt::format("{}: item {} names skill {}, expected below {}", where,
                                       item.at(0).dump(), value, skill_count));
    }
    skills.emplace_back(value);
  }
  return skills;
}

}  // namespace

Result<Course> course_from_json(const Json& json, std::string_view where) {
  try {
    Course course;
    course.name = json.at("name").get<std::string>();
    for (const Json& name : json.at("skills")) course.skills.intern(name.get<std::string>());
    for (const Json& item : json.at("items")) {
      course.items.intern(item.at(0).get<std::string>());
      MENO_TRY(auto skills, item_skills_from_json(item, course.skills.size(), where));
      course.item_skills.push_back(std::move(skills));
    }
    if (course.item_skills.size() != course.items.size()) {
      return invalid_input(fmt::format("{}: an item name stands twice, expected each once", where));
    }
    return course;
  } catch (const Json::exception& fault) {
    return invalid_input(fmt::format("{}: not a course: {}", where, fault.what()));
  }
}

}  // namespace meno
