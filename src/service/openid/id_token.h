// What an ID token claims, held against what this sign-in expects. Source: OpenID Connect Core 1.0,
// section 3.1.3.7.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// How far the provider's clock may be from ours.
inline constexpr std::chrono::seconds kClockLeeway{60};

struct IdTokenExpected {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  std::string access_token;  // that came beside it; "" when none did
  TimePoint now = kNoTime;
};

/// Who the provider says it is.
struct Identity {
  std::string subject;  // lasting, and never another's
  std::string claims;   // the JSON object that they stand in
};

/// `claims` is the payload of a token whose signature fits. Errors: Forbidden naming the claim that
/// is not as expected; never its value where that is about a person.
Result<Identity> checked_identity(std::string_view claims, const IdTokenExpected& expected);

/// What the provider's userinfo says of the same person. Errors: Unavailable for what is no object
/// of claims; Forbidden when it is about another subject.
Result<Identity> checked_userinfo(std::string_view claims, std::string_view subject);

/// The account's name: the value of `claim`, where that is text of 1 to 200 bytes without control
/// characters; of "email" only where the provider has verified it. nullopt when there is none.
std::optional<std::string> account_in(std::string_view claims, std::string_view claim);

}  // namespace meno
