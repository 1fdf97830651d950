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

/// All of the API.
std::span<const Schema> all_schemas();
/// Those of kept recommendations and runs (lifecycle_schemas.cc), which all_schemas() has too.
std::span<const Schema> lifecycle_schemas();

}  // namespace meno
