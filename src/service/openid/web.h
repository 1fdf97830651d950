// Web: what signing in asks of the network, so that tests can be the network.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"

namespace meno {

struct WebRequest {
  std::string url;
  std::optional<std::string> form = std::nullopt;  // POST this form; GET without
  std::string user = {};                           // Authorization: Basic, with `password`
  std::string password = {};
  std::string bearer = {};  // Authorization: Bearer
};

struct WebReply {
  int status = 0;
  std::string body;
};

/// Thread-safe.
class Web {
 public:
  virtual ~Web() = default;
  /// Whatever the other end answers, errors of HTTP too. Redirects are not followed. Errors:
  /// Unavailable when it cannot be reached or trusted, is too slow, or answers at too great a
  /// length; the message says which, and never what was sent.
  virtual Result<WebReply> fetch(const WebRequest& request) = 0;
  /// From now on fetches end at once; for shutting down.
  virtual void stop() = 0;
};

struct WebLimits {
  std::chrono::milliseconds connect = std::chrono::seconds(3);
  /// Of a whole fetch: a person waits for two or three of them.
  std::chrono::milliseconds total = std::chrono::seconds(8);
  std::size_t bytes = std::size_t{256} << 10U;  // of a reply
};

/// The real network, by libcurl.
std::unique_ptr<Web> make_web(const WebLimits& limits = {});

}  // namespace meno
