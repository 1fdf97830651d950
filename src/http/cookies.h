// What a browser sends back in its Cookie field.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meno {

/// The values of all cookies called one of `names`, in the field's order: a browser that was given
/// two of one name sends both.
std::vector<std::string> cookie_values(std::string_view field,
                                       std::span<const std::string_view> names);

}  // namespace meno
