// A proposed resource as commands print it: as a recommendation's `resource` over HTTP.
#pragma once

#include <optional>
#include <string>

#include "core/json_fwd.h"
#include "service/recommend_next.h"

namespace meno {

/// Null where there is none.
Json resource_json(const std::optional<SuggestedResource>& suggested, const LiveCourse& course);
/// One line, indented, for people; "" where there is none.
std::string resource_line(const Json& resource);

}  // namespace meno
