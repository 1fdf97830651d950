// Accounts, their sessions and service keys: who may come in. Passwords, sessions and keys are kept
// as hashes only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "store/audit.h"

namespace meno {

/// In order of what each may do.
enum class Role { Student, Teacher, SchoolAdmin, PlatformAdmin };

/// "student", "teacher", "school_admin", "platform_admin".
std::string_view name_of(Role role);
/// nullopt for a name that is no role's.
std::optional<Role> role_named(std::string_view name);

struct StoredAccount {
  std::string id = {};
  Role role = Role::Student;
  std::string display_name = {};
  std::string school_id = {};      // of teachers and school admins; else ""
  std::string student_id = {};     // whom a student's account acts for; else ""
  std::string password_hash = {};  // core/secrets.h
  bool disabled = false;
  std::int64_t failures = 0;         // sign-ins refused in a row
  TimePoint locked_until = kNoTime;  // none are tried before that
};

struct StoredSession {
  std::string token_hash = {};  // hexadecimal SHA-256 of the token
  std::string account_id = {};
  TimePoint expires_at = kNoTime;
};

/// A service key: a program's way in.
struct StoredKey {
  std::string id = {};
  std::string token_hash = {};     // hexadecimal SHA-256 of the key
  std::string scopes = {};         // separated by commas
  std::string school_id = {};      // sees only this school's classes; "" sees everything
  TimePoint expires_at = kNoTime;  // never when kNoTime
  bool revoked = false;
};

/// Thread-safe. Whatever changes is noted in the audit log in the same transaction.
class AccountStore {
 public:
  virtual ~AccountStore() = default;
  /// Errors: Conflict when the id is taken; NotFound for a school or student that is not there;
  /// Unavailable.
  virtual Result<Done> add(const StoredAccount& account, const AuditNote& note) = 0;
  /// Writes password, `disabled`, `failures` and `locked_until`. Ends the account's sessions when
  /// the password changes or it is disabled. Errors: NotFound, Unavailable.
  virtual Result<Done> update(const StoredAccount& account, const AuditNote& note) = 0;
  /// nullopt when there is none. Errors: Unavailable.
  virtual Result<std::optional<StoredAccount>> find(std::string_view account_id) = 0;
  /// By id. Errors: Unavailable.
  virtual Result<std::vector<StoredAccount>> list() = 0;

  /// Starts a session, sets the account's failures back, and forgets sessions that had expired at
  /// `note.at`. Errors: NotFound (account), Unavailable.
  virtual Result<Done> begin_session(const StoredSession& session, const AuditNote& note) = 0;
  /// Nothing when there is no such session. Errors: Unavailable.
  virtual Result<Done> end_session(std::string_view token_hash, const AuditNote& note) = 0;
  /// nullopt when there is none; an expired one may still be there. Errors: Unavailable.
  virtual Result<std::optional<StoredSession>> find_session(std::string_view token_hash) = 0;

  /// Errors: Conflict when the id is taken; NotFound for a school that is not there; Unavailable.
  virtual Result<Done> add_key(const StoredKey& key, const AuditNote& note) = 0;
  /// Errors: NotFound, Unavailable.
  virtual Result<Done> revoke_key(std::string_view key_id, const AuditNote& note) = 0;
  /// By the hash of the key; nullopt when there is none. Errors: Unavailable.
  virtual Result<std::optional<StoredKey>> find_key(std::string_view token_hash) = 0;
  /// By id. Errors: Unavailable.
  virtual Result<std::vector<StoredKey>> keys() = 0;
};

}  // namespace meno
