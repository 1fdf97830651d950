#include "http/request_counts.h"

#include <algorithm>

namespace meno {

RequestCounts::RequestCounts(std::span<const std::span<const Route>> tables)
    : files_(&begin("GET", "page")), unmatched_(&begin("any", "none")) {
  for (const std::span<const Route> table : tables) {
    for (const Route& route : table) by_route_[&route] = &begin(name_of(route.method), route.path);
  }
}

RouteCounts& RequestCounts::begin(std::string_view method, std::string_view path) {
  RouteCounts& counts = routes_.emplace_back();
  counts.method = method;
  counts.path = path;
  return counts;
}

void RequestCounts::add(const Route* route, bool is_file, int status, double seconds) {
  const auto found = by_route_.find(route);
  RouteCounts& counts = found != by_route_.end() ? *found->second : is_file ? *files_ : *unmatched_;
  const int last = static_cast<int>(counts.by_status.size()) - 1;
  ++counts.by_status[static_cast<std::size_t>(std::clamp(status - 100, 0, last))];
  counts.seconds.add(seconds);
}

void RequestCounts::add_refusal(Token::Kind credential, int status) {
  const auto kind = static_cast<std::size_t>(credential);
  if (status == 401) ++refusals_.unauthenticated[kind];
  if (status == 403) ++refusals_.forbidden[kind];
}

}  // namespace meno
