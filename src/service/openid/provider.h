// Provider: what the identity provider says of itself (OpenID Connect Discovery 1.0) and the keys
// that it signs with, fetched when they are needed and kept for a while.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/result.h"
#include "service/openid/openid_options.h"
#include "service/openid/signed_token.h"
#include "service/openid/web.h"

namespace meno {

struct ProviderDocument {
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string jwks_uri;
  std::string userinfo_endpoint;     // "" when there is none
  bool secret_in_body = false;       // the secret is not taken as HTTP's Basic
  bool names_itself_always = false;  // iss is in every reply to the page (RFC 9207)
};

/// Errors: Unavailable for text that is no such document, is another issuer's, names an address to
/// which secrets cannot be sent, or says that PKCE is not understood.
Result<ProviderDocument> parse_provider_document(std::string_view text,
                                                 const OpenIdOptions& options);

/// Thread-safe; one thread fetches at a time. Options, web and clock must outlive it.
class Provider {
 public:
  using Document = std::shared_ptr<const ProviderDocument>;

  Provider(const OpenIdOptions& options, Web& web, const Clock& clock)
      : options_(options), web_(web), clock_(clock) {}

  /// The document, where it is known and not too old; null when it must be fetched.
  Document remembered() const;
  /// The document, fetched where needed. What failed a moment ago fails at once. Errors:
  /// Unavailable.
  Result<Document> document();
  /// What a token says, once its signature fits one of the provider's keys. For a key that is not
  /// known they are fetched again, at most once a minute. Errors: as verified_payload();
  /// Unavailable when the keys cannot be fetched.
  Result<std::string> payload_of(std::string_view token);

 private:
  using Keys = std::shared_ptr<const KeySet>;
  /// What went wrong last, so that not everybody at the door waits for the same again.
  struct Fault {
    Error error = {};
    TimePoint at = kNoTime;
  };

  /// What failed a moment ago.
  std::optional<Error> recent(const Fault& fault) const;
  Result<Document> fetch_document();
  /// The keys as they are known, where they will do for `kid`; null when they must be fetched.
  Keys remembered_keys(std::string_view kid) const;
  Result<Keys> keys_with(std::string_view kid);
  Result<Keys> fetch_keys(const ProviderDocument& document);

  const OpenIdOptions& options_;
  Web& web_;
  const Clock& clock_;
  std::mutex fetching_;  // held while the network is asked
  mutable std::mutex mutex_;
  Document document_;                // guarded by mutex_
  TimePoint document_at_ = kNoTime;  // guarded by mutex_
  Keys keys_;                        // guarded by mutex_
  TimePoint keys_at_ = kNoTime;      // guarded by mutex_
  Fault document_fault_;             // guarded by fetching_
  Fault keys_fault_;                 // guarded by fetching_
};

}  // namespace meno
