// The document of `meno benchmark paths` as tables for people.
#pragma once

#include <string>

#include "core/json_fwd.h"

namespace meno {

std::string paths_text(const Json& document);

}  // namespace meno
