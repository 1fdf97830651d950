// Names near a mistyped one, for messages.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meno {

/// Up to `most` of `names` by edit distance from `typed`, case aside (ASCII), nearest first; only
/// such as share at least half of their letters.
std::vector<std::string> near_names(std::string_view typed, std::span<const std::string> names,
                                    std::size_t most);

}  // namespace meno
