// Signed tokens (JWS, RFC 7515) and the keys that providers publish (JWK sets, RFC 7517).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace meno {

/// The public keys of a provider that sign tokens. A value; const is thread-safe.
class KeySet {
 public:
  struct Key;

  /// Keys that cannot be used here (for encryption, of another kind, too short, without a name) are
  /// left out. Errors: Unavailable for text that is no set of keys.
  static Result<KeySet> parse(std::string_view json);

  bool has(std::string_view kid) const;
  std::size_t size() const { return keys_.size(); }
  /// The key of that name for tokens signed by `algorithm`; null when there is none.
  const Key* find(std::string_view kid, std::string_view algorithm) const;

 private:
  std::vector<std::shared_ptr<const Key>> keys_;
};

/// Which key a token says that it was signed with, and how.
struct TokenHeader {
  std::string algorithm;
  std::string kid;
};

/// The header of a token in compact form. Errors: Forbidden for what is no such token; for another
/// algorithm than RS256, PS256 and ES256, whose keys are public, so that what checks a token can
/// never make one; and for a header without the key's name or with demands (`crit`).
Result<TokenHeader> header_of(std::string_view token);

/// What the token says, once its signature fits a key of the set. Errors: as header_of(); Forbidden
/// for an unknown key or a wrong signature.
Result<std::string> verified_payload(std::string_view token, const KeySet& keys);

}  // namespace meno
