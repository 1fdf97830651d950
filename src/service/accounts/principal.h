// Principal: who is asking, and what of the schools they see. Every request has one.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/result.h"
#include "store/accounts.h"
#include "store/roster.h"

namespace meno {

/// What a service key may be allowed to do; "admin" is everything.
inline constexpr std::array<std::string_view, 9> kScopes = {
    "admin",         "answers:write", "students:read",  "students:write", "courses:read",
    "courses:write", "accounts:read", "accounts:write", "metrics:read"};

/// Scopes separated by commas, each of kScopes and once. Errors: InvalidInput naming the first
/// other one.
Result<Done> check_scopes(std::string_view scopes);

struct Principal {
  enum class Kind { Anonymous, Account, Key };

  Kind kind = Kind::Anonymous;
  std::string id;                  // of the account or key
  Role role = Role::Student;       // an account's
  std::string scopes;              // a key's
  std::string display_name;        // an account's
  std::string school_id;           // a teacher's, school admin's or key's; "" is none
  std::string student_id;          // whom a student's account acts for
  bool everywhere = false;         // sees every school
  Reach reach;                     // else: sees these classes
  TimePoint expires_at = kNoTime;  // of the session or key; never when kNoTime
  std::string token_hash;          // of a session, to end it

  bool is_student() const { return kind == Kind::Account && role == Role::Student; }
  /// A key's scopes hold `scope`, or "admin".
  bool has_scope(std::string_view scope) const;
};

/// Sees and may do everything: commands, tests, and whoever asks a server that is open.
const Principal& anybody();

Principal principal_of(const StoredAccount& account, const StoredSession& session);
Principal principal_of(const StoredKey& key);

}  // namespace meno
