#include "service/course_resources.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/json.h"
#include "import/graph/course_graph.h"
#include "service/near_names.h"

namespace meno {
namespace {

constexpr std::size_t kMost = 10'000;
constexpr double kLongestMinutes = 600.0;
constexpr std::array<std::string_view, 7> kFields{"id",      "kind", "title",  "skills",
                                                  "minutes", "url",  "item_id"};

/// Of a file that does not say: choices of ours, for plans to have something to count with.
double usual_minutes(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::Reading:
      return 5.0;
    case ResourceKind::Video:
      return 6.0;
    case ResourceKind::WorkedExample:
      return 3.0;
    case ResourceKind::Exercise:
      return 10.0;
    case ResourceKind::Project:
      return 45.0;
  }
  return 5.0;
}

Error wrong(std::size_t place, std::string_view field, std::string_view expected) {
  return invalid_input(fmt::format("\"{}\" of resource {} has the wrong value, expected {}", field,
                                   place, expected));
}

Result<std::string> text_field(const Json& one, std::string_view field, std::size_t place) {
  const auto found = one.find(field);
  if (found == one.end() || found->is_null()) return std::string();
  if (!found->is_string() || found->get_ref<const std::string&>().size() > 2000)
    return wrong(place, field, "text of at most 2000 bytes");
  return found->get<std::string>();
}

Result<Text> title_of(const Json& one, const std::string& id, std::size_t place) {
  const auto found = one.find("title");
  if (found == one.end() || found->is_null()) return same_text(id);
  if (found->is_string()) return same_text(found->get<std::string>());
  const bool both = found->is_object() && found->contains("en") && found->contains("zh-CN") &&
                    (*found)["en"].is_string() && (*found)["zh-CN"].is_string();
  if (!both) return wrong(place, "title", "text, or {\"en\",\"zh-CN\"}");
  return Text{(*found)["en"].get<std::string>(), (*found)["zh-CN"].get<std::string>()};
}

Result<std::vector<std::string>> skills_of(const Json& one, std::size_t place) {
  std::vector<std::string> skills;
  const auto found = one.find("skills");
  if (found == one.end() || !found->is_array() || found->empty())
    return wrong(place, "skills", "a list of at least one skill id");
  for (const Json& skill : *found) {
    if (!skill.is_string()) return wrong(place, "skills", "a list of skill ids");
    skills.push_back(skill.get<std::string>());
  }
  return skills;
}

/// An address that a page may link to; nothing a browser would run.
bool is_link(const std::string& url) {
  return url.empty() || url.starts_with("https://") || url.starts_with("http://") ||
         (url.starts_with("/") && !url.starts_with("//"));
}

Result<double> minutes_of(const Json& one, ResourceKind kind, std::size_t place) {
  const auto found = one.find("minutes");
  if (found == one.end() || found->is_null()) return usual_minutes(kind);
  if (!found->is_number() || !(*found > 0.0 && *found <= kLongestMinutes))
    return wrong(place, "minutes", fmt::format("a number above 0, at most {}", kLongestMinutes));
  return found->get<double>();
}

Result<CourseResource> resource_of(const Json& one, std::size_t place) {
  if (!one.is_object()) return invalid_input(fmt::format("resource {} is no object", place));
  for (const auto& [field, value] : one.items()) {
    if (std::find(kFields.begin(), kFields.end(), field) == kFields.end())
      return invalid_input(fmt::format("the field \"{}\" of resource {} is not known, expected {}",
                                       field.substr(0, 40), place, fmt::join(kFields, ", ")));
  }
  CourseResource made;
  MENO_TRY(made.resource.id, text_field(one, "id", place));
  if (made.resource.id.empty() || made.resource.id.size() > 200)
    return wrong(place, "id", "text of 1 to 200 bytes");
  MENO_TRY(const std::string kind, text_field(one, "kind", place));
  const std::optional<ResourceKind> found = find_resource_kind(kind);
  if (!found) return wrong(place, "kind", "reading, video, worked_example, exercise or project");
  made.resource.kind = *found;
  MENO_TRY(made.resource.title, title_of(one, made.resource.id, place));
  MENO_TRY(made.skill_ids, skills_of(one, place));
  MENO_TRY(made.resource.minutes, minutes_of(one, *found, place));
  MENO_TRY(made.resource.url, text_field(one, "url", place));
  if (!is_link(made.resource.url)) return wrong(place, "url", "https://…, http://… or a path");
  MENO_TRY(made.resource.item, text_field(one, "item_id", place));
  return made;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Error unknown(const Resource& resource, std::string_view noun, const std::string& name,
              const std::vector<std::string>& names) {
  const std::vector<std::string> near = near_names(name, names, 5);
  return invalid_input(fmt::format(
      "the resource \"{}\" names the {} \"{}\", expected one of the course's {}{}{}", resource.id,
      noun, name, names.size(), near.empty() ? "" : "; near it: ", fmt::join(near, ", ")));
}

Result<Done> check_item(const Resource& resource, const LiveCourse& course) {
  if (resource.item.empty()) return Done{};
  std::vector<std::string> items;
  if (!course.item(resource.item)) {
    for (const StoredItem& item : course.stored().items) items.push_back(item.id);
    return unknown(resource, "item", resource.item, items);
  }
  if (!course.bank())
    return invalid_input(
        fmt::format("the resource \"{}\" shows the item \"{}\" solved, expected a "
                    "course whose items have texts",
                    resource.id, resource.item));
  return Done{};
}

Result<std::vector<SkillId>> numbered(const CourseResource& one, const LiveCourse& course) {
  std::vector<SkillId> skills;
  for (const std::string& name : one.skill_ids) {
    if (const std::optional<SkillId> skill = course.skill(name)) {
      skills.push_back(*skill);
      continue;
    }
    std::vector<std::string> all;
    for (const SkillId each : course.skills()) all.push_back(course.skill_name(each));
    return unknown(one.resource, "skill", name, all);
  }
  return skills;
}

bool names_any(const std::vector<std::string>& names, std::span<const SkillId> skills,
               const LiveCourse& course) {
  return std::any_of(skills.begin(), skills.end(), [&](SkillId skill) {
    return std::find(names.begin(), names.end(), course.skill_name(skill)) != names.end();
  });
}

bool names_all(const std::vector<std::string>& names, std::span<const SkillId> skills,
               const LiveCourse& course) {
  return std::all_of(skills.begin(), skills.end(), [&](SkillId skill) {
    return std::find(names.begin(), names.end(), course.skill_name(skill)) != names.end();
  });
}

}  // namespace

Result<std::vector<CourseResource>> parse_resources(std::string_view json) {
  MENO_TRY(const Json document, parse_json(json, "the resources"));
  const bool whole = document.is_object() && document.size() == 1 &&
                     document.contains("resources") && document["resources"].is_array();
  if (!whole) return invalid_input("the resources are no {\"resources\":[..]}, expected that");
  const Json& list = document["resources"];
  if (list.size() > kMost)
    return invalid_input(fmt::format("{} resources, expected at most {}", list.size(), kMost));
  std::vector<CourseResource> resources;
  for (const Json& one : list) {
    MENO_TRY(CourseResource made, resource_of(one, resources.size() + 1));
    resources.push_back(std::move(made));
  }
  return resources;
}

Json resources_json(const std::vector<CourseResource>& resources) {
  Json list = Json::array();
  for (const CourseResource& one : resources) {
    const Resource& resource = one.resource;
    list.push_back({{"id", resource.id},
                    {"kind", name_of(resource.kind)},
                    {"title", {{"en", resource.title.en}, {"zh-CN", resource.title.zh_cn}}},
                    {"skills", one.skill_ids},
                    {"minutes", resource.minutes},
                    {"url", text_or_null(resource.url)},
                    {"item_id", text_or_null(resource.item)}});
  }
  return {{"resources", std::move(list)}};
}

Result<std::vector<CourseResource>> read_resources(std::string_view text, std::string_view where) {
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_object() && document.contains("resources")) return parse_resources(text);
  MENO_TRY(const CourseGraph graph, parse_graph(text, where));
  std::vector<CourseResource> resources;
  for (const GraphMaterial& material : graph.materials) {
    const std::optional<ResourceKind> kind = find_resource_kind(material.kind);
    if (!kind) continue;
    CourseResource made{.resource = {}, .skill_ids = material.skills};
    made.resource.id = material.id;
    made.resource.kind = *kind;
    made.resource.title = same_text(material.title.empty() ? material.id : material.title);
    made.resource.minutes = usual_minutes(*kind);
    resources.push_back(std::move(made));
  }
  if (resources.empty())
    return invalid_input(
        fmt::format("{} lists no resource, expected a reading, video, "
                    "worked_example, exercise or project",
                    where));
  return resources;
}

Result<std::vector<Resource>> work_resources(const std::vector<CourseResource>& resources,
                                             const LiveCourse& course) {
  std::vector<Resource> work;
  std::set<std::string_view> seen;
  for (const CourseResource& one : resources) {
    const std::string& id = one.resource.id;
    if (!seen.insert(id).second)
      return invalid_input(fmt::format("the resource \"{}\" is there twice, expected once", id));
    if (course.item(id))
      return invalid_input(
          fmt::format("the resource \"{}\" has the id of an item, expected one of its own", id));
    MENO_TRY_DONE(check_item(one.resource, course));
    Resource made = one.resource;
    MENO_TRY(made.skills, numbered(one, course));
    work.push_back(std::move(made));
  }
  return work;
}

void leave_allowed(std::vector<Resource>& resources, const TeachingRules& of_course,
                   const TeachingRules& of_student, const LiveCourse& course) {
  const bool wanted = of_student.resources.value_or(of_course.resources.value_or(true));
  std::erase_if(resources, [&](const Resource& one) {
    if (!wanted) return true;
    for (const TeachingRules* const rules : {&of_course, &of_student}) {
      if (names_any(rules->forbidden_skills, one.skills, course)) return true;
      if (!rules->allowed_skills.empty() && !names_all(rules->allowed_skills, one.skills, course))
        return true;
    }
    return false;
  });
}

Result<WorkRules> work_rules(const Taught& taught, const LiveCourse& course) {
  MENO_TRY(WorkRules work, work_rules(taught.of_course, taught.of_student, course));
  MENO_TRY(work.resources, work_resources(taught.resources, course));
  leave_allowed(work.resources, taught.of_course, taught.of_student, course);
  return work;
}

}  // namespace meno
