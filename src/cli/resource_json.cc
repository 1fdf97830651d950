#include "cli/resource_json.h"

#include <fmt/format.h>

#include "core/json.h"

namespace meno {

Json resource_json(const std::optional<SuggestedResource>& suggested, const LiveCourse& course) {
  if (!suggested) return {};
  const auto both = [](const Text& text) { return Json{{"en", text.en}, {"zh-CN", text.zh_cn}}; };
  const Resource& resource = suggested->resource;
  return {{"id", resource.id},
          {"kind", name_of(resource.kind)},
          {"title", both(resource.title)},
          {"minutes", resource.minutes},
          {"url", resource.url.empty() ? Json() : Json(resource.url)},
          {"need", name_of(suggested->need)},
          {"skill_id", course.skill_name(suggested->skill)},
          {"text", both(suggested->text)}};
}

std::string resource_line(const Json& resource) {
  if (resource.is_null()) return "";
  return fmt::format("   first: {}\n", resource.at("text").at("en").get<std::string>());
}

}  // namespace meno
