// The one place that includes cjose.
#include "service/openid/signed_token.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include <cjose/cjose.h>
#include <fmt/format.h>

#include "core/json.h"
#include "core/secrets.h"
#include "service/openid/json_members.h"

namespace meno {

struct KeySet::Key {
  std::string kid;
  std::string algorithm;  // the one it is for; "" for any that fits its kind
  cjose_jwk_kty_t kind = CJOSE_JWK_KTY_OCT;
  std::shared_ptr<cjose_jwk_t> jwk;
};

namespace {

constexpr std::size_t kMostKeys = 100;
constexpr std::size_t kLongestToken = 16'384;
constexpr std::size_t kLeastRsaBits = 2048;  // NIST SP 800-131A

struct Algorithm {
  std::string_view name;
  cjose_jwk_kty_t kind;
};
/// A positive list: "none" and the HS family, whose key would be one that everybody knows, are not
/// among them.
constexpr std::array<Algorithm, 3> kAlgorithms = {
    {{"RS256", CJOSE_JWK_KTY_RSA}, {"PS256", CJOSE_JWK_KTY_RSA}, {"ES256", CJOSE_JWK_KTY_EC}}};

const Algorithm* algorithm_named(std::string_view name) {
  const auto* const found =
      std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                   [name](const Algorithm& each) { return each.name == name; });
  return found == kAlgorithms.end() ? nullptr : found;
}

Error untrusted(std::string message) { return {ErrorKind::Forbidden, std::move(message)}; }

struct JwsEnd {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};
using Jws = std::unique_ptr<cjose_jws_t, JwsEnd>;

bool is_strong(const cjose_jwk_t* jwk, cjose_jwk_kty_t kind) {
  cjose_err fault{};
  if (kind == CJOSE_JWK_KTY_RSA) return cjose_jwk_get_keysize(jwk, &fault) >= kLeastRsaBits;
  return kind == CJOSE_JWK_KTY_EC && cjose_jwk_EC_get_curve(jwk, &fault) == CJOSE_JWK_EC_P_256;
}

/// The members that make the public key: neither what else a provider may write, however deep, nor
/// a private half that it publishes by mistake.
std::string public_half(const Json& json) {
  Json half = Json::object();
  for (const char* name : {"kty", "n", "e", "crv", "x", "y"}) {
    if (std::optional<std::string> value = text_in(json, name)) half[name] = *std::move(value);
  }
  return half.dump();
}

/// nullopt for a key that cannot be used here.
std::optional<KeySet::Key> key_of(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  KeySet::Key key;
  key.kid = text_in(json, "kid").value_or("");
  key.algorithm = text_in(json, "alg").value_or("");
  const std::string use = text_in(json, "use").value_or("");
  const bool for_signatures = use.empty() || use == "sig";
  const bool known = key.algorithm.empty() || algorithm_named(key.algorithm) != nullptr;
  if (key.kid.empty() || !for_signatures || !known) return std::nullopt;
  cjose_err fault{};
  const std::string text = public_half(json);
  key.jwk = {cjose_jwk_import(text.data(), text.size(), &fault),
             [](cjose_jwk_t* jwk) { cjose_jwk_release(jwk); }};
  if (!key.jwk) return std::nullopt;
  key.kind = cjose_jwk_get_kty(key.jwk.get(), &fault);
  if (!is_strong(key.jwk.get(), key.kind)) return std::nullopt;
  return key;
}

/// cjose's view of the header must be ours: two parsers that differ are a way in.
bool agrees(cjose_jws_t* jws, const TokenHeader& header) {
  cjose_err fault{};
  cjose_header_t* const theirs = cjose_jws_get_protected(jws);
  if (theirs == nullptr) return false;
  const char* const algorithm = cjose_header_get(theirs, CJOSE_HDR_ALG, &fault);
  const char* const kid = cjose_header_get(theirs, CJOSE_HDR_KID, &fault);
  return algorithm != nullptr && kid != nullptr && header.algorithm == algorithm &&
         header.kid == kid;
}

}  // namespace

Result<KeySet> KeySet::parse(std::string_view json) {
  const Result<Json> document = parse_json(json, "the provider's keys");
  const bool fits = document && document->is_object() && document->contains("keys") &&
                    document->at("keys").is_array() && document->at("keys").size() <= kMostKeys;
  if (!fits) {
    return unavailable(fmt::format(
        "the provider's keys are no set of at most {} keys, expected {{\"keys\":[...]}}",
        kMostKeys));
  }
  KeySet set;
  for (const Json& each : document->at("keys")) {
    if (std::optional<Key> key = key_of(each))
      set.keys_.push_back(std::make_shared<const Key>(*std::move(key)));
  }
  return set;
}

bool KeySet::has(std::string_view kid) const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [kid](const auto& key) { return key->kid == kid; });
}

const KeySet::Key* KeySet::find(std::string_view kid, std::string_view algorithm) const {
  const Algorithm* const wanted = algorithm_named(algorithm);
  if (wanted == nullptr) return nullptr;
  for (const auto& key : keys_) {
    const bool fits = key->algorithm.empty() || key->algorithm == algorithm;
    if (key->kid == kid && key->kind == wanted->kind && fits) return key.get();
  }
  return nullptr;
}

Result<TokenHeader> header_of(std::string_view token) {
  if (token.size() > kLongestToken || std::count(token.begin(), token.end(), '.') != 2)
    return untrusted("the ID token is no signed token in compact form, expected one");
  const std::optional<std::string> text = from_base64url(token.substr(0, token.find('.')));
  const Result<Json> json = parse_json(text.value_or(""), "the ID token's header");
  if (!json || !json->is_object())
    return untrusted("the ID token's header is no JSON object, expected one");
  TokenHeader header{.algorithm = text_in(*json, "alg").value_or(""),
                     .kid = text_in(*json, "kid").value_or("")};
  if (algorithm_named(header.algorithm) == nullptr) {
    return untrusted(fmt::format("the ID token's alg is {}, expected RS256, PS256 or ES256",
                                 Json(header.algorithm).dump(-1, ' ', true).substr(0, 20)));
  }
  if (json->contains("crit"))
    return untrusted("the ID token's header has crit, expected no demands");
  if (header.kid.empty())
    return untrusted("the ID token's header has no kid, expected the name of a key");
  return header;
}

Result<std::string> verified_payload(std::string_view token, const KeySet& keys) {
  MENO_TRY(const TokenHeader header, header_of(token));
  const KeySet::Key* const key = keys.find(header.kid, header.algorithm);
  if (key == nullptr) {
    return untrusted(
        fmt::format("the ID token was signed with a key that the provider does not publish for {}, "
                    "expected a published one",
                    header.algorithm));
  }
  cjose_err fault{};
  const Jws jws(cjose_jws_import(token.data(), token.size(), &fault));
  if (!jws || !agrees(jws.get(), header))
    return untrusted("the ID token cannot be read, expected a signed token in compact form");
  if (!cjose_jws_verify(jws.get(), key->jwk.get(), &fault))
    return untrusted("the ID token's signature is wrong, expected the provider's");
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &fault))
    return untrusted("the ID token cannot be read, expected claims");
  return std::string(reinterpret_cast<const char*>(bytes), size);  // `bytes` belong to the token
}

}  // namespace meno
