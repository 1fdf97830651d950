#include "service/openid/exchange.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/json.h"
#include "service/openid/json_members.h"
#include "service/openid/web_address.h"

namespace meno {
namespace {

constexpr int kOk = 200;
constexpr int kBadRequest = 400;

WebRequest request_for(const OpenIdOptions& options, const ProviderDocument& document,
                       const CodeToExchange& ask) {
  std::vector<std::pair<std::string_view, std::string_view>> fields = {
      {"grant_type", "authorization_code"},
      {"code", ask.code},
      {"redirect_uri", options.redirect_uri},
      {"code_verifier", ask.verifier}};
  WebRequest request{.url = document.token_endpoint};
  const bool is_public = options.client_secret.empty();
  if (is_public || document.secret_in_body) {
    fields.emplace_back("client_id", options.client_id);
    if (!is_public) fields.emplace_back("client_secret", options.client_secret);
  } else {
    request.user = percent_encoded(options.client_id);
    request.password = percent_encoded(options.client_secret);
  }
  request.form = form_of(fields);
  return request;
}

/// The refusal as the provider's own word, where that is one of RFC 6749, section 5.2.
Error refusal_in(const WebReply& reply) {
  constexpr std::string_view kWords[] = {"invalid_request",        "invalid_client",
                                         "invalid_grant",          "unauthorized_client",
                                         "unsupported_grant_type", "invalid_scope"};
  const Result<Json> json = parse_json(reply.body, "the provider's refusal");
  const std::string word = json && json->is_object() ? text_in(*json, "error").value_or("") : "";
  if (reply.status == kBadRequest && word == "invalid_grant")
    return invalid_input("the provider does not take the code, expected a fresh one");
  const bool known = std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
  return unavailable(
      fmt::format("the provider refuses to exchange a code (status {}{}{}), "
                  "expected tokens",
                  reply.status, known ? ", " : "", known ? word : ""));
}

bool is_bearer(std::string type) {
  std::transform(type.begin(), type.end(), type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return type == "bearer";
}

}  // namespace

Result<Tokens> exchange_code(const OpenIdOptions& options, Web& web,
                             const ProviderDocument& document, const CodeToExchange& ask) {
  MENO_TRY(const WebReply reply, web.fetch(request_for(options, document, ask)));
  if (reply.status != kOk) return refusal_in(reply);
  const Result<Json> json = parse_json(reply.body, "the provider's tokens");
  Tokens tokens;
  if (json && json->is_object()) {
    tokens.id_token = text_in(*json, "id_token").value_or("");
    tokens.access_token = is_bearer(text_in(*json, "token_type").value_or(""))
                              ? text_in(*json, "access_token").value_or("")
                              : "";
  }
  if (tokens.id_token.empty())
    return unavailable("the provider gives no ID token for a code, expected one in a JSON object");
  return tokens;
}

Result<std::string> fetch_userinfo(Web& web, const ProviderDocument& document,
                                   const std::string& access_token) {
  MENO_TRY(WebReply reply, web.fetch({.url = document.userinfo_endpoint, .bearer = access_token}));
  if (reply.status == kOk) return std::move(reply.body);
  return unavailable(
      fmt::format("the provider's userinfo has status {}, expected {}", reply.status, kOk));
}

}  // namespace meno
