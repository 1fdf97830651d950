// What the provider gives for a code, and for what it gave: tokens, and what it tells of a person.
// Source: RFC 6749, sections 2.3 and 4.1.3; OpenID Connect Core 1.0, sections 3.1.3 and 5.3.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "service/openid/openid_options.h"
#include "service/openid/provider.h"
#include "service/openid/web.h"

namespace meno {

struct CodeToExchange {
  std::string code;
  std::string verifier;  // of PKCE
};

/// Neither is ever logged or stored.
struct Tokens {
  std::string id_token;
  std::string access_token;  // "" when there is none that can be used
};

/// Errors: InvalidInput for a code that the provider does not take (used or too old); Unavailable
/// when it cannot be reached, does not take this client, or answers nonsense.
Result<Tokens> exchange_code(const OpenIdOptions& options, Web& web,
                             const ProviderDocument& document, const CodeToExchange& ask);

/// The claims that the userinfo endpoint, which must be there, tells. Errors: Unavailable.
Result<std::string> fetch_userinfo(Web& web, const ProviderDocument& document,
                                   const std::string& access_token);

}  // namespace meno
