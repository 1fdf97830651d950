// A sign-in that has been begun: what this server must know again when the provider sends the
// person back. It is kept by the browser, sealed, so that any of several servers can go on with it.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/clock.h"
#include "core/secrets.h"
#include "service/openid/openid_options.h"

namespace meno {

/// How long a person may take at the provider.
inline constexpr std::chrono::minutes kPendingTime{10};

struct PendingSignIn {
  std::string state;        // comes back in the address: the answer is to this browser's question
  std::string nonce;        // comes back in the token: the token is the answer's
  std::string verifier;     // proves to the provider that who asks is who began (PKCE, RFC 7636)
  std::string old_session;  // hash of the token of a session that ends; "" for none
  TimePoint begun_at = kNoTime;
};

/// With new secrets.
PendingSignIn new_pending(std::string old_session, TimePoint now);

/// What the provider is told of the verifier: its SHA-256 sum.
std::string challenge_of(const PendingSignIn& pending);

/// For the browser to keep, and back. nullopt when it was sealed by others or changed.
std::string sealed(const PendingSignIn& pending, const Digest& key);
std::optional<PendingSignIn> opened(std::string_view cookie, const Digest& key);

/// The same key on every server with the same provider and client secret; a random one for a client
/// without. Errors: Unavailable without memory.
Result<Digest> pending_key(const OpenIdOptions& options, const PasswordCost& cost = {});

/// The states that have come back already, so that none comes twice. Thread-safe.
class UsedStates {
 public:
  /// False when it was used before.
  bool use(const PendingSignIn& pending, TimePoint now);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, TimePoint> used_;  // until when; guarded by mutex_
};

}  // namespace meno
