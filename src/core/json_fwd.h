// The name Json without what it is: for headers that only declare functions of it. nlohmann::json
// takes a second and a half to read, and most files that include such a header never touch one.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace meno {

/// Ordered, so that what we write keeps the order we wrote it in.
using Json = nlohmann::ordered_json;

}  // namespace meno
