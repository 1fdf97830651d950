// What documents of a provider hold, whatever they hold: none of it is trusted to be of its type.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json_fwd.h"

namespace meno {

/// The text that the object's member is; nullopt when it is absent or something else.
std::optional<std::string> text_in(const Json& object, std::string_view name);

/// Whether the object's member is there and true.
bool is_true_in(const Json& object, std::string_view name);

}  // namespace meno
