#include "http/guard.h"

#include <array>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "core/loopback.h"
#include "http/body.h"
#include "http/cookies.h"
#include "service/accounts/sight.h"

namespace meno {
namespace {

constexpr std::string_view kCookie = "meno_session";
constexpr std::string_view kSafeCookie = "__Host-meno_session";  // browsers insist on TLS for it
constexpr std::array kCookies{kCookie, kSafeCookie};
constexpr std::string_view kBearer = "Bearer ";

Error forbidden(std::string message) { return {ErrorKind::Forbidden, std::move(message)}; }

HttpReply unauthenticated(const Error& error) {
  HttpReply reply = error_reply(error);
  reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return reply;
}

/// A Host field that names this machine as its own users do, with or without a port.
bool is_this_machine(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    if (host.find_first_not_of("0123456789", colon + 1) != std::string_view::npos) return false;
    host = host.substr(0, colon);
  }
  return is_loopback(host);
}

bool is_unsafe(Method method) { return method != Method::Get && method != Method::Head; }

/// Browsers tell the origin of the page whenever it asks to change something.
bool is_foreign(const HttpRequest& request) {
  if (request.origin.empty()) return false;
  const std::size_t slashes = request.origin.find("://");
  return slashes == std::string::npos || request.origin.substr(slashes + 3) != request.host;
}

std::optional<Error> forgery(const HttpRequest& request, const Token& token) {
  if (!is_unsafe(request.method) || token.kind == Token::Kind::Key) return std::nullopt;
  if (is_foreign(request)) {
    return forbidden(fmt::format("the page's origin is \"{}\", expected this server's, \"{}\"",
                                 request.origin.substr(0, 200), request.host.substr(0, 200)));
  }
  if (token.kind == Token::Kind::Session && request.requested.empty())
    return forbidden("the X-Meno-Request field is missing, expected it beside a session's cookie");
  return std::nullopt;
}

/// The segment of `path` that the pattern calls "{name}"; "" when it has none.
std::string path_parameter(std::string_view pattern, std::string_view name, const RouteCall& call) {
  std::size_t index = 0;
  while (true) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos) return "";
    const std::size_t close = pattern.find('}');
    if (pattern.substr(open + 1, close - open - 1) == name) return call.path(index);
    ++index;
    pattern.remove_prefix(close + 1);
  }
}

std::string named_in_address(const Route& route, const RouteCall& call, std::string_view name) {
  std::string value = path_parameter(route.path, name, call);
  return value.empty() ? std::string(call.query(name)) : value;
}

/// The course and the student that the request is about.
Result<BodyTarget> target_of(const Route& route, RouteCall& call) {
  BodyTarget target;
  // Lines of NDJSON are about many: their handler looks at each.
  if (!route.body_schema.empty() && route.body_type != kNdjson) {
    MENO_TRY(target, decode_target(call.body()));
  }
  // The address wins: a body cannot widen it.
  std::string course = named_in_address(route, call, "course_id");
  std::string student = named_in_address(route, call, "student_id");
  if (!course.empty()) target.course_id = std::move(course);
  if (!student.empty()) target.student_id = std::move(student);
  return target;
}

bool role_suffices(Role role, Who who) {
  switch (who) {
    case Who::Nobody:
      return false;
    case Who::Anyone:
    case Who::Student:
      return true;
    case Who::Teacher:
      return role >= Role::Teacher;
    case Who::SchoolAdmin:
      return role >= Role::SchoolAdmin;
    case Who::PlatformAdmin:
      return role == Role::PlatformAdmin;
  }
  return false;
}

/// The refusal of a caller whatever the request is about.
std::optional<HttpReply> refusal_of(const Principal& who, const Access& access) {
  if (access.who == Who::Anyone) return std::nullopt;
  if (access.who == Who::Nobody)
    return error_reply(forbidden("the route does not say who may call it, so nobody may"));
  if (who.kind == Principal::Kind::Anonymous) {
    return unauthenticated({ErrorKind::Unauthenticated,
                            "neither key nor session came with the request, expected one: sign in, "
                            "or send \"Authorization: Bearer KEY\""});
  }
  if (who.kind == Principal::Kind::Key) {
    if (who.has_scope(access.scope)) return std::nullopt;
    return error_reply(forbidden(
        fmt::format("the key has the scopes \"{}\", expected \"{}\"", who.scopes, access.scope)));
  }
  if (role_suffices(who.role, access.who)) return std::nullopt;
  return error_reply(forbidden(fmt::format("the account is a {}'s, expected a {}'s or more",
                                           name_of(who.role), name_of(access.who))));
}

/// What cannot be seen is not told from what is not there.
HttpReply out_of_sight(const BodyTarget& target) {
  if (target.student_id.empty()) {
    return error_reply(not_found(
        fmt::format("course \"{}\", expected one that GET /v1/courses lists", target.course_id)));
  }
  return error_reply(not_found(fmt::format(
      "student \"{}\", expected one of yours{}", target.student_id,
      target.course_id.empty() ? "" : fmt::format(" in a course that GET /v1/courses lists"))));
}

/// Whether sees() can tell without asking the store.
bool seen_at_a_glance(const Principal& who, const BodyTarget& target) {
  return who.is_student() && !target.student_id.empty();
}

}  // namespace

Visitor visitor_of(const HttpRequest& request) {
  Visitor visitor;
  visitor.address = request.address;
  std::vector<std::string> sessions = cookie_values(request.cookie, kCookies);
  if (request.ambiguous || sessions.size() > 1) {
    visitor.refusal = error_reply(
        invalid_input("the request names two identities, expected one key or one session"));
  } else if (!request.authorization.empty()) {
    // Also what is no "Bearer": it is then an unknown key, not nobody.
    const bool bearer = request.authorization.rfind(kBearer, 0) == 0;
    visitor.token = {Token::Kind::Key,
                     bearer ? request.authorization.substr(kBearer.size()) : std::string()};
  } else if (!sessions.empty() && !sessions.front().empty()) {
    visitor.token = {Token::Kind::Session, std::move(sessions.front())};
  }
  if (!visitor.refusal) {
    if (const std::optional<Error> forged = forgery(request, visitor.token))
      visitor.refusal = error_reply(*forged);
  }
  return visitor;
}

std::string session_cookie(std::string_view token, std::chrono::seconds lifetime, bool tls) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}",
                     tls ? kSafeCookie : kCookie, token, lifetime.count(), tls ? "; Secure" : "");
}

std::optional<HttpReply> Guard::refuse_host(const HttpRequest& request) const {
  if (services_.accounts == nullptr || !services_.accounts->open()) return std::nullopt;
  if (is_this_machine(request.host)) return std::nullopt;
  return error_reply(forbidden(
      fmt::format("the Host is \"{}\", expected localhost, 127.0.0.1 or [::1]: a server without "
                  "accounts answers to the names of this machine only",
                  request.host.substr(0, 200))));
}

std::optional<Result<Guard::Found>> Guard::identify(const Visitor& visitor, bool may_wait) {
  static const Found everyone = std::make_shared<const Principal>(anybody());
  static const Found nobody = std::make_shared<const Principal>();
  Accounts* const accounts = services_.accounts;
  if (accounts == nullptr) return everyone;
  // An open server knows no sessions: a cookie is left over from another one on this machine.
  if (accounts->open() && visitor.token.kind != Token::Kind::Key) return everyone;
  if (visitor.token.kind == Token::Kind::None) return nobody;
  if (may_wait) return accounts->authenticate(visitor.token);
  Found known = accounts->remembered(visitor.token);
  if (!known) return std::nullopt;
  return known;
}

std::optional<Guard::Verdict> Guard::admit(const Route& route, RouteCall& call,
                                           const Visitor& visitor, bool may_wait) {
  if (visitor.refusal) return *visitor.refusal;
  std::optional<Result<Found>> found = identify(visitor, may_wait);
  if (!found) return std::nullopt;
  if (*found) return decide(route, call, **std::move(found), may_wait);
  if (found->error().kind != ErrorKind::Unauthenticated) return error_reply(found->error());
  if (route.access.who != Who::Anyone) return unauthenticated(found->error());
  return std::make_shared<const Principal>();
}

std::optional<Guard::Verdict> Guard::decide(const Route& route, RouteCall& call, Found who,
                                            bool may_wait) {
  if (std::optional<HttpReply> refusal = refusal_of(*who, route.access))
    return refuse(route, *who, *std::move(refusal), "role or scope", may_wait);
  if (who->everywhere || route.access.who == Who::Anyone) return who;
  const Result<BodyTarget> target = target_of(route, call);
  if (!target) return error_reply(target.error());
  if (target->course_id.empty() && target->student_id.empty()) {
    if (route.access.narrows) return who;
    return error_reply(forbidden("the request is about no course or student of yours"));
  }
  if (!may_wait && !seen_at_a_glance(*who, *target)) return std::nullopt;
  const Result<bool> seen = sees(services_, *who, target->course_id, target->student_id);
  if (!seen) return error_reply(seen.error());
  if (*seen) return who;
  return refuse(route, *who, out_of_sight(*target),
                fmt::format("out of sight: course \"{}\", student \"{}\"", target->course_id,
                            target->student_id),
                may_wait);
}

bool Guard::first_lately(const std::string& kind, bool mark) {
  constexpr std::chrono::minutes kLately{1};
  constexpr std::size_t kMostNoted = 10'000;
  const TimePoint now = services_.clock.now();
  const std::lock_guard lock(mutex_);
  const auto found = noted_.find(kind);
  if (found != noted_.end() && now - found->second < kLately) return false;
  if (!mark) return true;
  if (noted_.size() >= kMostNoted) noted_.clear();
  noted_[kind] = now;
  return true;
}

std::optional<Guard::Verdict> Guard::refuse(const Route& route, const Principal& who,
                                            HttpReply reply, std::string detail, bool may_wait) {
  if (who.kind == Principal::Kind::Anonymous) return reply;
  // One row for many attempts: a log that anybody can fill is soon none.
  if (!first_lately(fmt::format("{} {} {}", static_cast<int>(who.kind), who.id, route.operation),
                    may_wait)) {
    return reply;
  }
  if (!may_wait) return std::nullopt;
  const Result<Done> noted = services_.store.audit().append({.at = services_.clock.now(),
                                                             .actor = who.id,
                                                             .action = "refused",
                                                             .target = std::string(route.operation),
                                                             .detail = std::move(detail)});
  if (!noted) spdlog::warn("a refusal could not be noted: {}", noted.error().message);
  return reply;
}

}  // namespace meno
