// The one place that includes all of nlohmann::json.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "core/json_fwd.h"
#include "core/result.h"

namespace meno {

/// Parses one JSON document. `where` names the source in the message, e.g. "model.json".
/// Errors: InvalidInput with the byte offset of the first fault, or beyond 200 levels of nesting.
Result<Json> parse_json(std::string_view text, std::string_view where);

}  // namespace meno
