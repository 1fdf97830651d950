#include "service/openid/json_members.h"

#include "core/json.h"

namespace meno {

std::optional<std::string> text_in(const Json& object, std::string_view name) {
  const auto found = object.find(std::string(name));
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

bool is_true_in(const Json& object, std::string_view name) {
  const auto found = object.find(std::string(name));
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

}  // namespace meno
