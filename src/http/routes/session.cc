// Signing in and out, and who one is.
#include <array>

#include "http/body.h"
#include "http/guard.h"
#include "http/json_writer.h"
#include "http/routes.h"
#include "service/openid/openid_sign_in.h"

namespace meno {
namespace {

void write_text_or_null(JsonWriter& json, std::string_view key, std::string_view value) {
  json.key(key);
  value.empty() ? json.null() : json.text(value);
}

/// Schema Session.
std::string encode(const Services& services, const Principal& who) {
  const bool open = services.accounts == nullptr || services.accounts->open();
  const bool account = who.kind == Principal::Kind::Account;
  JsonWriter json;
  json.begin_object().key("mode").text(open ? "open" : "accounts");
  write_text_or_null(json, "account_id", account ? who.id : "");
  write_text_or_null(json, "role", account ? name_of(who.role) : "");
  write_text_or_null(json, "display_name", account ? who.display_name : "");
  write_text_or_null(json, "student_id", who.student_id);
  json.key("expires_at").time(account ? who.expires_at : kNoTime);
  json.key("provider");
  if (open || services.openid == nullptr) {
    json.null();
  } else {
    json.begin_object().key("name").text(services.openid->options().name);
    json.key("path").text(kOpenIdStart).end_object();
  }
  json.end_object();
  return json.take();
}

Result<std::string> get_session(Services& services, RouteCall& call) {
  return encode(services, call.caller());
}

void post_session(Services& services, RouteCall call, Respond respond) {
  Result<SignIn> ask = decode_sign_in(call.body());
  if (!ask) return respond(error_reply(ask.error()));
  if (services.accounts == nullptr || services.accounts->open()) {
    return respond(error_reply(
        conflict("the server is open and asks nobody to sign in, expected one with accounts")));
  }
  ask->address = call.address();
  ask->request_id = call.request_id();
  ask->old_session = call.caller().token_hash;
  sign_in(
      *services.accounts, *std::move(ask),
      [&services, respond = std::move(respond)](std::variant<SignedIn, SignInRefusal> outcome) {
        if (const auto* refusal = std::get_if<SignInRefusal>(&outcome)) {
          const Error& error = refusal->error;
          if (refusal->retry_after.count() == 0) return respond(error_reply(error));
          HttpReply reply = error_reply(429, name_of(error.kind), error.message);
          reply.headers.emplace_back("Retry-After", std::to_string(refusal->retry_after.count()));
          return respond(std::move(reply));
        }
        const SignedIn& in = std::get<SignedIn>(outcome);
        HttpReply reply;
        reply.body = encode(services, in.who);
        const AccountsOptions& options = services.accounts->options();
        reply.headers.emplace_back(
            "Set-Cookie",
            session_cookie(in.token, std::chrono::floor<std::chrono::seconds>(options.session_time),
                           options.behind_tls));
        respond(std::move(reply));
      });
}

void delete_session(Services& services, RouteCall call, Respond respond) {
  if (services.accounts != nullptr) {
    if (const Result<Done> out = sign_out(*services.accounts, call.caller(), call.request_id());
        !out)
      return respond(error_reply(out.error()));
  }
  HttpReply reply;
  reply.body = encode(services, Principal());
  const bool tls = services.accounts != nullptr && services.accounts->options().behind_tls;
  reply.headers.emplace_back("Set-Cookie", session_cookie("", std::chrono::seconds(0), tls));
  respond(std::move(reply));
}

constexpr std::array kPostErrors = {ErrorKind::Unauthenticated, ErrorKind::Forbidden,
                                    ErrorKind::Conflict};
constexpr std::array kDeleteErrors = {ErrorKind::Forbidden, ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/session",
     .operation = "whoAmI",
     .access = {Who::Anyone},
     .lane = Lane::Quick,
     .summary = "Whether the server asks who comes, and who is signed in",
     .query = {},
     .reply_schema = "Session",
     .handle = &at_once<&get_session>},
    {.method = Method::Post,
     .path = "/v1/session",
     .operation = "signIn",
     .access = {Who::Anyone},
     .lane = Lane::Quick,
     .summary = "Sign in; the reply sets a cookie. 429 when too many attempts were refused",
     .query = {},
     .body_schema = "SignInRequest",
     .reply_schema = "Session",
     .errors = kPostErrors,
     .handle = &post_session},
    {.method = Method::Delete,
     .path = "/v1/session",
     .operation = "signOut",
     .access = {Who::Anyone},
     .summary = "Sign out",
     .query = {},
     .reply_schema = "Session",
     .errors = kDeleteErrors,
     .handle = &delete_session},
};

}  // namespace

std::span<const Route> session_routes() { return kRoutes; }

}  // namespace meno
