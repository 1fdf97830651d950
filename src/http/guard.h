// Guard: the one place that decides whether a request may go on: who it is from, whether the
// route's row lets them, and whether they see the course and the student that it is about.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>

#include "http/message.h"
#include "http/route.h"
#include "service/accounts/accounts.h"

namespace meno {

/// What a request says of where it is from. Nothing but its token says who it is.
struct Visitor {
  Token token;
  std::string address;
  /// Set when the request is refused whoever it is from: two identities, or a page of another
  /// origin that asks in a visitor's name.
  std::optional<HttpReply> refusal;
};

Visitor visitor_of(const HttpRequest& request);

/// The cookie that holds a session's token. Over TLS browsers may send it back only there.
std::string session_cookie(std::string_view token, std::chrono::seconds lifetime, bool tls);

/// Thread-safe.
class Guard {
 public:
  using Verdict = std::variant<std::shared_ptr<const Principal>, HttpReply>;

  /// The services must outlive it. Without `services.accounts` everybody may do everything.
  explicit Guard(Services& services) : services_(services) {}

  /// Set where the server is open to this machine and the request's Host is another's: a page
  /// whose name was made to lead here (DNS rebinding) could ask in its own name otherwise.
  std::optional<HttpReply> refuse_host(const HttpRequest& request) const;

  /// The caller, or the refusal: 401 without a valid key or session; 403 for a role or scope that
  /// the route does not let in; 404 for a course or student out of sight, in the words for one that
  /// is not there; 400 for a body that does not say whom it is about. Who is known and refused is
  /// noted in the audit log, once a minute for each route. nullopt when the store must be asked
  /// first and `may_wait` is false.
  std::optional<Verdict> admit(const Route& route, RouteCall& call, const Visitor& visitor,
                               bool may_wait);

 private:
  using Found = std::shared_ptr<const Principal>;

  std::optional<Result<Found>> identify(const Visitor& visitor, bool may_wait);
  std::optional<Verdict> decide(const Route& route, RouteCall& call, Found who, bool may_wait);
  /// The refusal, noted; nullopt when that must wait.
  std::optional<Verdict> refuse(const Route& route, const Principal& who, HttpReply reply,
                                std::string detail, bool may_wait);
  /// Whether a refusal is the first of its kind for a while; with `mark` the next one is not.
  bool first_lately(const std::string& kind, bool mark);

  Services& services_;
  std::mutex mutex_;
  std::unordered_map<std::string, TimePoint> noted_;  // guarded by mutex_
};

}  // namespace meno
