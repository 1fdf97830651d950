// RequestCounts: how many requests each route has had, how they ended and how long they took. Kept
// by the rows of the route tables, so that no id of a path can become a label.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>

#include "core/tally.h"
#include "http/route.h"
#include "service/accounts/accounts.h"

namespace meno {

/// What is counted under one row, or under what stands for those without a row.
struct RouteCounts {
  std::string_view method;
  std::string_view path;  // the template
  Tally seconds{kTallySeconds};
  std::array<std::atomic<std::uint64_t>, 500> by_status{};  // [status - 100]
};

/// Requests refused for want of the right credential.
struct CredentialCounts {
  std::array<std::atomic<std::uint64_t>, 3> unauthenticated{};  // by Token::Kind
  std::array<std::atomic<std::uint64_t>, 3> forbidden{};
};

/// Thread-safe.
class RequestCounts {
 public:
  explicit RequestCounts(std::span<const std::span<const Route>> tables);

  /// `route` is null for files of the page and for what matches no row.
  void add(const Route* route, bool is_file, int status, double seconds);
  void add_refusal(Token::Kind credential, int status);

  const std::deque<RouteCounts>& routes() const { return routes_; }
  const CredentialCounts& refusals() const { return refusals_; }

 private:
  RouteCounts& begin(std::string_view method, std::string_view path);

  std::deque<RouteCounts> routes_;  // does not move its elements
  std::unordered_map<const Route*, RouteCounts*> by_route_;
  RouteCounts* files_;
  RouteCounts* unmatched_;
  CredentialCounts refusals_;
};

}  // namespace meno
