// Signing in with an account of an identity provider: to it, and back.
#include <array>

#include <fmt/format.h>

#include "http/cookies.h"
#include "http/guard.h"
#include "http/openid_page.h"
#include "http/routes.h"
#include "service/openid/openid_sign_in.h"

namespace meno {
namespace {

constexpr std::string_view kCookie = "meno_oidc";
constexpr std::string_view kSafeCookie = "__Secure-meno_oidc";  // browsers insist on TLS for it

bool behind_tls(const Services& services) { return services.accounts->options().behind_tls; }

/// Lax, not Strict: it must come back on the provider's redirect. Only to the callback.
std::string pending_cookie(std::string_view sealed, std::chrono::seconds lifetime, bool tls) {
  return fmt::format("{}={}; Path={}; Max-Age={}; HttpOnly; SameSite=Lax{}",
                     tls ? kSafeCookie : kCookie, sealed, kOpenIdCallback, lifetime.count(),
                     tls ? "; Secure" : "");
}

/// What the browser was given; "" when it is not there exactly once.
std::string pending_in(std::string_view cookies, bool tls) {
  const std::array names{tls ? kSafeCookie : kCookie};
  std::vector<std::string> found = cookie_values(cookies, names);
  return found.size() == 1 ? std::move(found.front()) : std::string();
}

/// Why there is no such way in on this server; nullopt where there is.
std::optional<Error> not_here(const Services& services) {
  if (services.openid == nullptr)
    return not_found("this server knows no identity provider, expected one with --oidc");
  if (services.accounts->open())
    return conflict("the server is open and asks nobody to sign in, expected one with accounts");
  return std::nullopt;
}

void get_start(Services& services, RouteCall call, Respond respond) {
  if (const std::optional<Error> error = not_here(services)) return respond(error_reply(*error));
  services.openid->begin(
      {.address = call.address(), .old_session = call.caller().token_hash},
      [&services, accept = call.accept(),
       respond = std::move(respond)](std::variant<BegunOpenId, OpenIdRefusal> outcome) {
        if (const auto* refusal = std::get_if<OpenIdRefusal>(&outcome))
          return respond(openid_refusal(*refusal, accept));
        BegunOpenId& begun = std::get<BegunOpenId>(outcome);
        HttpReply reply;
        reply.status = 303;
        reply.content_type = "text/plain";
        reply.headers.emplace_back("Location", std::move(begun.location));
        reply.headers.emplace_back(
            "Set-Cookie", pending_cookie(begun.cookie, kPendingTime, behind_tls(services)));
        reply.headers.emplace_back("Referrer-Policy", "no-referrer");
        respond(std::move(reply));
      });
}

HttpReply reply_to(const Services& services, std::variant<SignedIn, OpenIdRefusal> outcome,
                   std::string_view accept) {
  const AccountsOptions& options = services.accounts->options();
  HttpReply reply;
  if (const auto* refusal = std::get_if<OpenIdRefusal>(&outcome)) {
    reply = openid_refusal(*refusal, accept);
  } else {
    reply = openid_welcome();
    reply.headers.emplace_back(
        "Set-Cookie", session_cookie(std::get<SignedIn>(outcome).token,
                                     std::chrono::floor<std::chrono::seconds>(options.session_time),
                                     options.behind_tls));
  }
  reply.headers.emplace_back("Set-Cookie",
                             pending_cookie("", std::chrono::seconds(0), options.behind_tls));
  return reply;
}

void get_callback(Services& services, RouteCall call, Respond respond) {
  if (const std::optional<Error> error = not_here(services)) return respond(error_reply(*error));
  FinishOpenId ask{.code = std::string(call.query("code")),
                   .state = std::string(call.query("state")),
                   .error = std::string(call.query("error")),
                   .issuer = std::string(call.query("iss")),
                   .cookie = pending_in(call.cookies(), behind_tls(services)),
                   .address = call.address(),
                   .request_id = call.request_id(),
                   .old_session = call.caller().token_hash};
  services.openid->finish(std::move(ask),
                          [&services, accept = call.accept(), respond = std::move(respond)](
                              std::variant<SignedIn, OpenIdRefusal> outcome) {
                            respond(reply_to(services, std::move(outcome), accept));
                          });
}

constexpr std::array kStartErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                     ErrorKind::Unavailable};
constexpr std::array kCallbackErrors = {ErrorKind::Forbidden, ErrorKind::NotFound,
                                        ErrorKind::Conflict, ErrorKind::Unavailable};

/// Codes of some providers hold whole encrypted documents.
constexpr std::size_t kLongestCode = 3000;

constexpr QueryParameter kCallbackQuery[] = {
    {.name = "code", .summary = "what the provider gives", .longest = kLongestCode},
    {.name = "state", .summary = "as the provider was given it"},
    {.name = "error", .summary = "the provider's refusal"},
    {.name = "iss", .summary = "the provider's address", .longest = 1000},
};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = kOpenIdStart,
     .operation = "beginProviderSignIn",
     .access = {Who::Anyone},
     .lane = Lane::Quick,
     .summary = "To the identity provider's own sign-in page. 429 when too many were refused",
     .query = {},
     .success = 303,
     .errors = kStartErrors,
     .handle = &get_start},
    {.method = Method::Get,
     .path = kOpenIdCallback,
     .operation = "finishProviderSignIn",
     .access = {Who::Anyone},
     .lane = Lane::Quick,
     .summary = "Where the identity provider sends people back to: signs in and moves on to the "
                "app. Browsers (Accept: text/html) get refusals as pages. Other parameters are "
                "ignored. 429 when too many were refused",
     .query = kCallbackQuery,
     .reply_type = kPage,
     .errors = kCallbackErrors,
     .other_parameters = true,
     .handle = &get_callback},
};

}  // namespace

std::span<const Route> openid_routes() { return kRoutes; }

}  // namespace meno
