#include "service/openid/id_token.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/json.h"
#include "core/secrets.h"
#include "service/openid/json_members.h"

namespace meno {
namespace {

constexpr std::size_t kLongestSubject = 255;  // OpenID Connect Core 1.0, section 2
constexpr std::size_t kLongestAccount = 200;
/// A token is made when the code is exchanged: an old one was made for another sign-in.
constexpr std::chrono::minutes kOldest{10};

Error untrusted(std::string message) { return {ErrorKind::Forbidden, std::move(message)}; }

bool is_plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

/// Seconds since 1970; nullopt when it is absent or no number that a time can be.
std::optional<TimePoint> time_in(const Json& claims, std::string_view name) {
  constexpr double kLatest = 253402300800.0;  // the year 10000
  const auto found = claims.find(std::string(name));
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  if (!(seconds >= 0.0 && seconds < kLatest)) return std::nullopt;
  return TimePoint{std::chrono::milliseconds(std::llround(seconds * 1000.0))};
}

Result<Done> check_issuer(const Json& claims, const IdTokenExpected& expected) {
  if (text_in(claims, "iss") == expected.issuer) return Done{};
  return untrusted(fmt::format("the ID token's iss is another, expected \"{}\"", expected.issuer));
}

/// This client must be meant, and where others are meant as well, the token must be ours.
Result<Done> check_audience(const Json& claims, const IdTokenExpected& expected) {
  const auto audience = claims.find("aud");
  bool meant = false;
  std::size_t others = 0;
  if (audience != claims.end() && audience->is_string()) {
    meant = *audience == expected.client_id;
  } else if (audience != claims.end() && audience->is_array()) {
    const auto ours = static_cast<std::size_t>(
        std::count(audience->begin(), audience->end(), Json(expected.client_id)));
    meant = ours > 0;
    others = audience->size() - ours;
  }
  if (!meant) return untrusted("the ID token's aud is another, expected this client's id");
  const bool authorized = claims.contains("azp");
  if (authorized && text_in(claims, "azp") != expected.client_id)
    return untrusted("the ID token's azp is another, expected this client's id");
  if (others > 0 && !authorized)
    return untrusted("the ID token's aud has several and there is no azp, expected this client's");
  return Done{};
}

Result<Done> check_times(const Json& claims, TimePoint now) {
  const std::optional<TimePoint> expires = time_in(claims, "exp");
  if (!expires || now >= *expires + kClockLeeway)
    return untrusted("the ID token's exp is over or missing, expected a time to come");
  const std::optional<TimePoint> issued = time_in(claims, "iat");
  if (!issued || *issued > now + kClockLeeway || *issued < now - kOldest - kClockLeeway)
    return untrusted("the ID token's iat is to come, long ago or missing, expected about now");
  if (!claims.contains("nbf")) return Done{};
  const std::optional<TimePoint> begins = time_in(claims, "nbf");
  if (!begins || *begins > now + kClockLeeway)
    return untrusted("the ID token's nbf is to come, expected a time that has been");
  return Done{};
}

Result<Done> check_nonce(const Json& claims, const IdTokenExpected& expected) {
  const std::optional<std::string> nonce = text_in(claims, "nonce");
  if (nonce && !expected.nonce.empty() && same_secret(*nonce, expected.nonce)) return Done{};
  return untrusted("the ID token's nonce is another, expected this sign-in's");
}

/// OpenID Connect Core 1.0, section 3.1.3.6: the left half of the SHA-256 sum, as all algorithms
/// that are accepted end in 256.
Result<Done> check_access_token(const Json& claims, const IdTokenExpected& expected) {
  if (!claims.contains("at_hash")) return Done{};
  const Digest digest = sha256(expected.access_token);
  const std::string_view half(reinterpret_cast<const char*>(digest.data()), digest.size() / 2);
  if (!expected.access_token.empty() && text_in(claims, "at_hash") == base64url(half))
    return Done{};
  return untrusted("the ID token's at_hash is another, expected that of the access token");
}

}  // namespace

Result<Identity> checked_identity(std::string_view claims, const IdTokenExpected& expected) {
  const Result<Json> json = parse_json(claims, "the ID token");
  if (!json || !json->is_object())
    return untrusted("the ID token's claims are no JSON object, expected one");
  MENO_TRY_DONE(check_issuer(*json, expected));
  MENO_TRY_DONE(check_audience(*json, expected));
  MENO_TRY_DONE(check_times(*json, expected.now));
  MENO_TRY_DONE(check_nonce(*json, expected));
  MENO_TRY_DONE(check_access_token(*json, expected));
  const std::optional<std::string> subject = text_in(*json, "sub");
  const bool usable =
      subject && !subject->empty() && subject->size() <= kLongestSubject && is_plain(*subject);
  if (!usable) {
    return untrusted(fmt::format("the ID token's sub is missing or odd, expected 1 to {} bytes",
                                 kLongestSubject));
  }
  return Identity{.subject = *subject, .claims = std::string(claims)};
}

Result<Identity> checked_userinfo(std::string_view claims, std::string_view subject) {
  const Result<Json> json = parse_json(claims, "userinfo");
  if (!json || !json->is_object())
    return unavailable("the provider's userinfo is no JSON object, expected one");
  if (text_in(*json, "sub") != subject)
    return untrusted("the provider's userinfo is about another sub, expected the ID token's");
  return Identity{.subject = std::string(subject), .claims = std::string(claims)};
}

std::optional<std::string> account_in(std::string_view claims, std::string_view claim) {
  const Result<Json> json = parse_json(claims, "claims");
  if (!json || !json->is_object()) return std::nullopt;
  std::optional<std::string> value = text_in(*json, claim);
  if (!value || value->empty() || value->size() > kLongestAccount || !is_plain(*value))
    return std::nullopt;
  if (claim == "email" && !is_true_in(*json, "email_verified")) return std::nullopt;
  return value;
}

}  // namespace meno
