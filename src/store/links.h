// Links: whom an identity provider means. Once an account is linked, the provider's own lasting
// name for the person counts, not the name that people read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/audit.h"

namespace meno {

struct StoredLink {
  std::string issuer = {};      // the provider's address
  std::string subject = {};     // what it calls the person; never given to another one
  std::string account_id = {};  // who that is here
};

/// Thread-safe. Whatever changes is noted in the audit log in the same transaction.
class LinkStore {
 public:
  virtual ~LinkStore() = default;
  /// Errors: Conflict when the subject or the account has a link of that issuer already; NotFound
  /// for an account that is not there; Unavailable.
  virtual Result<Done> add(const StoredLink& link, const AuditNote& note) = 0;
  /// Removes all links of the account and ends its sessions. Errors: NotFound for an account that
  /// is not there or has no link; Unavailable.
  virtual Result<Done> remove_of(std::string_view account_id, const AuditNote& note) = 0;
  /// nullopt when there is none. Errors: Unavailable.
  virtual Result<std::optional<StoredLink>> find(std::string_view issuer,
                                                 std::string_view subject) = 0;
  /// By issuer and subject. Errors: Unavailable.
  virtual Result<std::vector<StoredLink>> list() = 0;
};

}  // namespace meno
