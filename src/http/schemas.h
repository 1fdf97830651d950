// The shapes of all bodies, by name, as JSON Schema. In one place: routes name them, /openapi.json
// publishes them, and the tests hold every reply against them.
#pragma once

#include <span>
#include <string_view>

namespace meno {

struct Schema {
  std::string_view name;
  std::string_view json;
};

std::span<const Schema> all_schemas();

}  // namespace meno
