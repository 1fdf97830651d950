// The subset of JSON Schema that http/schemas.cc uses, so that every reply can be held against its
// schema.
#pragma once

#include <optional>
#include <string>

#include "core/json.h"

namespace meno {

/// The first place where `value` breaks the schema called `name`, with the reason; nullopt when it
/// fits. Keywords that the checker does not know are a fault too, so that no schema says more than
/// is checked.
std::optional<std::string> schema_fault(const Json& value, const std::string& name);

}  // namespace meno
