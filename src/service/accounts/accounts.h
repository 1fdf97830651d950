// Accounts: whether a server is open or asks who comes, and who a token belongs to. What was looked
// up lately is remembered, so that a key costs a hash and a look into a table.
#pragma once

#include <atomic>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/secrets.h"
#include "service/accounts/login_limits.h"
#include "service/accounts/principal.h"
#include "service/accounts/work_lane.h"
#include "store/store.h"

namespace meno {

struct AccountsOptions {
  std::chrono::milliseconds session_time = std::chrono::hours(12);  // a school day
  /// How long what another process has changed in the store may go unnoticed. What this server
  /// changes counts at once.
  std::chrono::milliseconds staleness = std::chrono::seconds(5);
  PasswordCost password_cost;
  /// People come over TLS, which a proxy ends: cookies are for TLS only.
  bool behind_tls = false;
};

/// A token as it came: in the session's cookie, or as "Authorization: Bearer".
struct Token {
  enum class Kind { None, Session, Key };
  Kind kind = Kind::None;
  std::string text;
};

/// What became of sign-ins since the server started. Thread-safe.
struct SignInCounts {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};  // account or password not right
  std::atomic<std::uint64_t> locked_out{0};
  /// Not even looked at: the account or the address was locked, or too many waited.
  std::atomic<std::uint64_t> turned_away{0};
};

/// Thread-safe. The store and the clock must outlive it.
class Accounts {
 public:
  using Found = std::shared_ptr<const Principal>;

  Accounts(Store& store, const Clock& clock, AccountsOptions options = {});

  /// Looks whether the store has an account or key, and then closes the server. Errors:
  /// Unavailable.
  Result<Done> load();
  /// True while anybody may do anything: there is neither account nor key, or keep_open().
  bool open() const { return open_; }
  /// From here on everybody must say who they are; an account or key was added.
  void close() { open_ = kept_open_.load(); }
  /// Open whatever the store holds, for development.
  void keep_open();
  /// A key with all scopes that lives as long as this process and is not stored.
  std::string add_passing_key();

  /// Who it is, if that was looked up lately; null when the store must be asked.
  Found remembered(const Token& token);
  /// Errors: Unauthenticated for a token that is unknown, expired or revoked, or whose account is
  /// disabled; Unavailable.
  Result<Found> authenticate(const Token& token);
  /// Forgets all that was looked up: after a change of accounts or keys.
  void forget();

  const AccountsOptions& options() const { return options_; }
  Store& store() { return store_; }
  const Clock& clock() const { return clock_; }
  /// Where passwords are hashed.
  WorkLane& lane() { return lane_; }
  SignInCounts& sign_ins() { return sign_ins_; }
  /// Only on the lane.
  LoginLimits& limits() { return limits_; }
  /// The hash that a password is compared with where there is no account. Only on the lane.
  const std::string& nobodys_hash();

 private:
  struct Remembered {
    Found who;
    TimePoint looked_up_at = kNoTime;
  };
  struct DigestHash {
    std::size_t operator()(const Digest& digest) const;
  };
  /// Digests of sessions and keys share one table: a session's is flipped in its first bit.
  using Table = std::unordered_map<Digest, Remembered, DigestHash>;

  Found usable(const Remembered& remembered) const;
  Result<Principal> look_up(const Token& token, const Digest& digest);
  void remember(const Digest& slot, Found who);

  Store& store_;
  const Clock& clock_;
  AccountsOptions options_;
  std::atomic<bool> open_{true};
  std::atomic<bool> kept_open_{false};
  std::shared_mutex mutex_;
  Table remembered_;  // guarded by mutex_
  Table passing_;     // guarded by mutex_
  std::string nobodys_hash_;
  LoginLimits limits_;
  SignInCounts sign_ins_;
  WorkLane lane_;  // last: its thread uses the others
};

}  // namespace meno
