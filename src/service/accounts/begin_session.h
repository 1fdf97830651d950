// A session: what every way of signing in ends in.
#pragma once

#include <string>

#include "service/accounts/accounts.h"

namespace meno {

struct SignedIn {
  Principal who;
  std::string token;  // for the cookie; only its hash is stored
};

struct NewSession {
  std::string detail;           // of the audit log's row
  std::string request_id = {};  // likewise
  /// Hash of the token of the session that came with the request, which ends; "" for none.
  std::string old_session = {};
};

/// A session of the account, which must be enabled, with a row "login" in the audit log. Errors:
/// NotFound (account), Unavailable.
Result<SignedIn> begin_session(Accounts& accounts, const StoredAccount& account,
                               const NewSession& ask);

}  // namespace meno
