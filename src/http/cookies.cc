#include "http/cookies.h"

#include <algorithm>

namespace meno {

std::vector<std::string> cookie_values(std::string_view field,
                                       std::span<const std::string_view> names) {
  std::vector<std::string> found;
  while (!field.empty()) {
    const std::size_t end = field.find(';');
    std::string_view pair = field.substr(0, end);
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    const std::string_view name = pair.substr(0, pair.find('='));
    if (std::find(names.begin(), names.end(), name) != names.end())
      found.emplace_back(pair.substr(std::min(pair.size(), name.size() + 1)));
    if (end == std::string_view::npos) break;
    field.remove_prefix(end + 1);
  }
  return found;
}

}  // namespace meno
