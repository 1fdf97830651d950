#include "service/near_names.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace meno {
namespace {

constexpr std::size_t kLongest = 200;  // characters compared of a name

std::string lower(std::string_view text) {
  std::string result(text.substr(0, kLongest));
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// Levenshtein 1966, one row at a time.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> near_names(std::string_view typed, std::span<const std::string> names,
                                    std::size_t most) {
  const std::string wanted = lower(typed);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& name : names) {
    const std::string other = lower(name);
    const bool inside = !wanted.empty() && other.find(wanted) != std::string::npos;
    const std::size_t apart = inside ? 0 : distance(wanted, other);
    if (inside || 2 * apart <= std::max(wanted.size(), other.size()))
      near.emplace_back(apart, name);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> chosen;
  for (const auto& [apart, name] : near)
    if (chosen.size() < most) chosen.push_back(name);
  return chosen;
}

}  // namespace meno
