// Application: one request in, one reply out. Where routes, static files and services meet; knows
// nothing of sockets.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "http/guard.h"
#include "http/message.h"
#include "http/observer.h"
#include "http/rate_limits.h"
#include "http/router.h"
#include "http/static_files.h"
#include "service/services.h"

namespace meno {

/// Thread-safe. The services must outlive it.
class Application {
 public:
  /// `worker` runs handlers that may take long.
  Application(Services& services, StaticFiles files,
              std::function<void(std::function<void()>)> worker, const RateOptions& rate = {},
              ObserverOptions observer = {});

  /// Answers the request, on this thread or another. A Bug becomes a 500 and a line in the log.
  void handle(HttpRequest request, Respond respond);

 private:
  struct Pending;
  using Watch = std::shared_ptr<RequestWatch>;

  void take(HttpRequest request, const Watch& watch);
  /// A file of the web app.
  HttpReply file_reply(const HttpRequest& request, const ParsedTarget& target) const;
  /// What the handler wants to know of the request, and the reply's ETag.
  void prepare(Pending& pending, HttpRequest& request);
  /// Refuses, or runs the route's handler for whom the guard has found.
  void go_on(Pending& pending, Guard::Verdict verdict, bool on_worker);
  /// Runs the handler, once where the caller wants it once.
  void run(Pending& pending);
  /// 429 for whoever asks too often; nullopt for the others.
  std::optional<HttpReply> too_often(const Principal& who, const std::string& address);

  Services& services_;
  RateLimits limits_;
  Guard guard_;
  StaticFiles files_;
  Observer observer_;
  std::function<void(std::function<void()>)> worker_;
};

}  // namespace meno
