#include "service/accounts/begin_session.h"

namespace meno {

Result<SignedIn> begin_session(Accounts& accounts, const StoredAccount& account,
                               const NewSession& ask) {
  const TimePoint now = accounts.clock().now();
  SignedIn in{.who = {}, .token = random_token()};
  const StoredSession session{.token_hash = hex(sha256(in.token)),
                              .account_id = account.id,
                              .expires_at = now + accounts.options().session_time};
  if (!ask.old_session.empty()) {
    MENO_TRY_DONE(accounts.store().accounts().end_session(ask.old_session, AuditNote()));
    accounts.forget();
  }
  MENO_TRY_DONE(accounts.store().accounts().begin_session(session, {.at = now,
                                                                    .actor = account.id,
                                                                    .action = "login",
                                                                    .target = account.id,
                                                                    .detail = ask.detail,
                                                                    .request_id = ask.request_id}));
  in.who = principal_of(account, session);
  return in;
}

}  // namespace meno
