// Sign in and out: a password becomes a session.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <variant>

#include "service/accounts/accounts.h"
#include "service/accounts/begin_session.h"

namespace meno {

struct SignIn {
  std::string account_id;
  std::string password;
  std::string address;          // where the request came from
  std::string request_id = {};  // for the audit log
  std::string
      old_session;  // hash of the session's token that came with it, which ends; "" for none
};

/// Why not, and after how long it may be tried again.
struct SignInRefusal {
  Error error;
  std::chrono::seconds retry_after{0};  // 0: at once
};

using SignInDone = std::function<void(std::variant<SignedIn, SignInRefusal>)>;

/// Returns at once; `done` is called once, on the hashing lane or before this returns. Unknown
/// account, wrong password and disabled account are refused in the same words after the same work
/// (Unauthenticated). A locked account or address is refused whatever the password, whether the
/// account is there or not. Errors: Unauthenticated; Unavailable with `retry_after` when locked,
/// when too many wait, or when the store cannot be read.
void sign_in(Accounts& accounts, SignIn ask, SignInDone done);

/// Ends the session of `who`. Errors: Unavailable.
Result<Done> sign_out(Accounts& accounts, const Principal& who, std::string_view request_id);

}  // namespace meno
