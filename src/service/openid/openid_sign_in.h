// OpenIdConnect: signing in with an account of an identity provider, by its authorization code flow
// with PKCE. begin() sends the person there, finish() takes what they come back with.
// Source: OpenID Connect Core 1.0, section 3.1; RFC 7636; RFC 9700.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "service/accounts/accounts.h"
#include "service/accounts/address_limits.h"
#include "service/accounts/begin_session.h"
#include "service/openid/exchange.h"
#include "service/openid/id_token.h"
#include "service/openid/openid_options.h"
#include "service/openid/pending_sign_in.h"
#include "service/openid/provider.h"
#include "service/openid/web.h"

namespace meno {

/// Why nobody was signed in, as far as the person can do something about it.
enum class OpenIdTrouble {
  Stale,      // begun elsewhere, too long ago, or finished already: begin again
  Denied,     // the person or the provider said no
  NoAccount,  // no account here under that name, or one that is disabled
  Untrusted,  // what the provider says does not hold
  Away,       // the provider cannot be reached, is too slow, or answers nonsense
  TooMany,    // too many were refused, or come at once
};

struct OpenIdRefusal {
  OpenIdTrouble trouble = OpenIdTrouble::Away;
  Error error = {};                     // one sentence, for programs
  std::chrono::seconds retry_after{0};  // 0: at once
};

struct BeginOpenId {
  std::string address = {};      // where the request came from
  std::string old_session = {};  // hash of the session's token that came with it; "" for none
};

/// Where the person goes, and what the browser keeps meanwhile, for kPendingTime.
struct BegunOpenId {
  std::string location;
  std::string cookie;
};

struct FinishOpenId {
  std::string code = {};
  std::string state = {};
  std::string error = {};   // the provider's own refusal; "" for none
  std::string issuer = {};  // the parameter iss; "" when it did not come
  std::string cookie = {};
  std::string address = {};
  std::string request_id = {};
  std::string old_session = {};
};

/// Thread-safe. The accounts must outlive it.
class OpenIdConnect {
 public:
  using Begun = std::function<void(std::variant<BegunOpenId, OpenIdRefusal>)>;
  using Finished = std::function<void(std::variant<SignedIn, OpenIdRefusal>)>;

  /// `key` is pending_key()'s.
  OpenIdConnect(Accounts& accounts, OpenIdOptions options, const Digest& key,
                std::unique_ptr<Web> web);
  OpenIdConnect(const OpenIdConnect&) = delete;
  OpenIdConnect& operator=(const OpenIdConnect&) = delete;
  OpenIdConnect(OpenIdConnect&&) = delete;
  OpenIdConnect& operator=(OpenIdConnect&&) = delete;
  /// Ends what waits for the provider; those who wait for an answer get none.
  ~OpenIdConnect();

  const OpenIdOptions& options() const { return options_; }

  /// Returns at once; `done` is called once, on a thread of its own or before this returns. The
  /// provider is asked nothing while what it says of itself is known.
  void begin(BeginOpenId ask, Begun done);
  /// The same. The first sign-in of a person links them to the account that the claim names; from
  /// then on what the provider calls them counts, and no name. Sign-ins, refusals and links are
  /// noted in the audit log.
  void finish(FinishOpenId ask, Finished done);
  /// How much waits for the provider.
  std::size_t waiting() const { return lane_.waiting(); }

 private:
  using Outcome = std::variant<SignedIn, OpenIdRefusal>;

  BegunOpenId begun(const BeginOpenId& ask, const ProviderDocument& document);
  Outcome attempt(const FinishOpenId& ask);
  /// Both count; nullopt while the address may try.
  std::optional<OpenIdRefusal> turned_away(const std::string& address);
  OpenIdRefusal busy();
  bool too_late(TimePoint asked) const;
  Result<PendingSignIn> pending_of(const FinishOpenId& ask);
  std::optional<OpenIdRefusal> told_no(const FinishOpenId& ask) const;
  Result<Identity> identity_of(const FinishOpenId& ask, const PendingSignIn& pending,
                               Tokens& tokens);
  /// The account that is linked, or is linked now; nullopt for none that may come in.
  Result<std::optional<StoredAccount>> account_of(const Identity& identity, const Tokens& tokens,
                                                  const FinishOpenId& ask);
  Result<std::optional<StoredAccount>> link(const std::string& name, const Identity& identity,
                                            const FinishOpenId& ask);
  Result<std::optional<std::string>> name_of(const Identity& identity, const Tokens& tokens);
  /// Counts and notes the refusal, unless it is for nothing that the person did.
  OpenIdRefusal refused(OpenIdRefusal refusal, const FinishOpenId& ask);

  Accounts& accounts_;
  const OpenIdOptions options_;
  const Digest key_;
  std::unique_ptr<Web> web_;
  Provider provider_;
  UsedStates used_;
  std::mutex mutex_;
  AddressLimits limits_;  // guarded by mutex_
  WorkLane lane_;         // last: its threads use the others
};

}  // namespace meno
