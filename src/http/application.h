// Application: one request in, one reply out. Where routes, static files and services meet; knows
// nothing of sockets.
#pragma once

#include <functional>

#include "http/guard.h"
#include "http/message.h"
#include "http/observer.h"
#include "http/router.h"
#include "http/static_files.h"
#include "service/services.h"

namespace meno {

/// Thread-safe. The services must outlive it.
class Application {
 public:
  /// `worker` runs handlers that may take long.
  Application(Services& services, StaticFiles files,
              std::function<void(std::function<void()>)> worker, ObserverOptions observer = {});

  /// Answers the request, on this thread or another. A Bug becomes a 500 and a line in the log.
  void handle(HttpRequest request, Respond respond);

 private:
  using Watch = std::shared_ptr<RequestWatch>;

  void take(HttpRequest request, const Watch& watch);
  HttpReply file_reply(const HttpRequest& request, const ParsedTarget& target) const;
  /// Refuses, or runs the route's handler for whom the guard has found.
  void go_on(Matched& matched, Guard::Verdict verdict, const Watch& watch, bool on_worker);

  Services& services_;
  Guard guard_;
  StaticFiles files_;
  Observer observer_;
  std::function<void(std::function<void()>)> worker_;
};

}  // namespace meno
