#include "service/openid/provider.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/json.h"
#include "service/openid/json_members.h"
#include "service/openid/web_address.h"

namespace meno {
namespace {

/// How long a document and keys are trusted: a provider that takes a key back is obeyed by then.
constexpr std::chrono::hours kKept{1};
/// A provider that is away is not asked by everybody at the door.
constexpr std::chrono::seconds kFaultKept{5};
/// Tokens with made-up keys do not make this server ask for keys more often.
constexpr std::chrono::minutes kBetweenKeys{1};

constexpr int kOk = 200;

Error no_document(std::string_view what) {
  return unavailable(fmt::format("the provider's openid-configuration {}", what));
}

/// Whether the list `name` is there and lacks `word`.
bool lacks(const Json& document, const char* name, std::string_view word) {
  const auto found = document.find(name);
  if (found == document.end() || !found->is_array()) return false;
  return std::find(found->begin(), found->end(), Json(std::string(word))) == found->end();
}

Result<Done> check_endpoints(const ProviderDocument& document, bool local) {
  for (const auto& [name, address] :
       {std::pair<std::string_view, const std::string&>{"authorization_endpoint",
                                                        document.authorization_endpoint},
        {"token_endpoint", document.token_endpoint},
        {"jwks_uri", document.jwks_uri}}) {
    if (!is_safe_address(address, local))
      return no_document(fmt::format("has no https address as {}, expected one", name));
  }
  if (document.userinfo_endpoint.empty() || is_safe_address(document.userinfo_endpoint, local))
    return Done{};
  return no_document("has no https address as userinfo_endpoint, expected one or none");
}

std::string configuration_of(std::string_view issuer) {
  if (issuer.ends_with('/')) issuer.remove_suffix(1);
  return fmt::format("{}/.well-known/openid-configuration", issuer);
}

}  // namespace

Result<ProviderDocument> parse_provider_document(std::string_view text,
                                                 const OpenIdOptions& options) {
  const Result<Json> json = parse_json(text, "openid-configuration");
  if (!json || !json->is_object()) return no_document("is no JSON object, expected one");
  if (text_in(*json, "issuer") != options.issuer)
    return no_document(fmt::format("is another issuer's, expected \"{}\"", options.issuer));
  ProviderDocument document{
      .authorization_endpoint = text_in(*json, "authorization_endpoint").value_or(""),
      .token_endpoint = text_in(*json, "token_endpoint").value_or(""),
      .jwks_uri = text_in(*json, "jwks_uri").value_or(""),
      .userinfo_endpoint = text_in(*json, "userinfo_endpoint").value_or(""),
      .secret_in_body =
          lacks(*json, "token_endpoint_auth_methods_supported", "client_secret_basic"),
      .names_itself_always = is_true_in(*json, "authorization_response_iss_parameter_supported")};
  MENO_TRY_DONE(check_endpoints(document, options.is_local()));
  if (lacks(*json, "code_challenge_methods_supported", "S256"))
    return no_document("has no S256 among code_challenge_methods_supported, expected it (PKCE)");
  return document;
}

Provider::Document Provider::remembered() const {
  const std::lock_guard lock(mutex_);
  return document_ && clock_.now() - document_at_ < kKept ? document_ : nullptr;
}

std::optional<Error> Provider::recent(const Fault& fault) const {
  if (fault.at == kNoTime || clock_.now() - fault.at >= kFaultKept) return std::nullopt;
  return fault.error;
}

Result<Provider::Document> Provider::document() {
  if (Document known = remembered()) return known;
  const std::lock_guard alone(fetching_);
  if (Document known = remembered()) return known;  // somebody else has fetched it meanwhile
  if (const std::optional<Error> fault = recent(document_fault_)) return *fault;
  Result<Document> fetched = fetch_document();
  if (!fetched) document_fault_ = {.error = fetched.error(), .at = clock_.now()};
  return fetched;
}

Result<Provider::Document> Provider::fetch_document() {
  MENO_TRY(const WebReply reply, web_.fetch({.url = configuration_of(options_.issuer)}));
  if (reply.status != kOk)
    return no_document(fmt::format("has status {}, expected {}", reply.status, kOk));
  MENO_TRY(ProviderDocument parsed, parse_provider_document(reply.body, options_));
  auto document = std::make_shared<const ProviderDocument>(std::move(parsed));
  const std::lock_guard lock(mutex_);
  document_ = document;
  document_at_ = clock_.now();
  return Document(std::move(document));
}

Result<Provider::Keys> Provider::fetch_keys(const ProviderDocument& document) {
  MENO_TRY(const WebReply reply, web_.fetch({.url = document.jwks_uri}));
  if (reply.status != kOk) {
    return unavailable(
        fmt::format("the provider's keys have status {}, expected {}", reply.status, kOk));
  }
  MENO_TRY(KeySet parsed, KeySet::parse(reply.body));
  auto keys = std::make_shared<const KeySet>(std::move(parsed));
  const std::lock_guard lock(mutex_);
  keys_ = keys;
  keys_at_ = clock_.now();
  return Keys(std::move(keys));
}

Provider::Keys Provider::remembered_keys(std::string_view kid) const {
  const std::lock_guard lock(mutex_);
  if (!keys_) return nullptr;
  const auto age = clock_.now() - keys_at_;
  return age < (keys_->has(kid) ? std::chrono::minutes(kKept) : kBetweenKeys) ? keys_ : nullptr;
}

Result<Provider::Keys> Provider::keys_with(std::string_view kid) {
  MENO_TRY(const Document known, document());
  if (Keys keys = remembered_keys(kid)) return keys;
  const std::lock_guard alone(fetching_);
  if (Keys keys = remembered_keys(kid)) return keys;
  if (const std::optional<Error> fault = recent(keys_fault_)) return *fault;
  Result<Keys> fetched = fetch_keys(*known);
  if (!fetched) keys_fault_ = {.error = fetched.error(), .at = clock_.now()};
  return fetched;
}

Result<std::string> Provider::payload_of(std::string_view token) {
  MENO_TRY(const TokenHeader header, header_of(token));
  MENO_TRY(const Keys keys, keys_with(header.kid));
  return verified_payload(token, *keys);
}

}  // namespace meno
