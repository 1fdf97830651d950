// Router: request -> route and checked parameters, or the error that says what would have been
// right.
#pragma once

#include <span>
#include <variant>

#include "http/path.h"
#include "http/route.h"

namespace meno {

struct Matched {
  const Route* route = nullptr;
  RouteCall call;
};

/// A Matched, or the reply that refuses the request: 400 (bad address or parameter), 404 (no such
/// path), 405 with Allow, 415 (a body that is not JSON).
using Routed = std::variant<Matched, HttpReply>;

/// `segments` and `query` are those of the target.
Routed route_request(std::span<const std::span<const Route>> tables, HttpRequest& request,
                     ParsedTarget target);

/// True when the segments fit the pattern; its parameters are then in `parameters`.
bool matches(std::string_view pattern, std::span<const std::string> segments,
             std::vector<std::string>& parameters);

}  // namespace meno
