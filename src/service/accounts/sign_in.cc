#include "service/accounts/sign_in.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::chrono::seconds kBusyWait{5};

using Outcome = std::variant<SignedIn, SignInRefusal>;

SignInRefusal locked(TimePoint until, TimePoint now) {
  const auto wait = std::chrono::ceil<std::chrono::seconds>(until - now);
  return {unavailable(
              fmt::format("too many sign-ins were refused, expected a wait of {} s", wait.count())),
          wait};
}

SignInRefusal wrong() {
  return {{ErrorKind::Unauthenticated,
           "the account or the password is not right, expected one that fits the other"},
          {}};
}

/// Notes the failure, in memory for any name and in the store for an account's.
SignInRefusal refused(Accounts& accounts, const SignIn& ask,
                      const std::optional<StoredAccount>& account, TimePoint now) {
  const std::int64_t failures =
      accounts.limits().failed(ask.account_id, ask.address, account ? account->failures : 0, now);
  if (lock_time(failures).count() > 0) ++accounts.sign_ins().locked_out;
  const AuditNote note{.at = now,
                       .actor = "",
                       .action = "login_failed",
                       .target = account ? account->id : "no account",
                       .detail = fmt::format("from {}", ask.address),
                       .request_id = ask.request_id};
  Result<Done> noted = Done{};
  if (account) {
    StoredAccount changed = *account;
    changed.failures = failures;
    changed.locked_until = now + lock_time(failures);
    noted = accounts.store().accounts().update(changed, note);
  } else {
    noted = accounts.store().audit().append(note);
  }
  // A store that cannot be written lets nobody in: without a note there is no verdict either.
  if (!noted) return {noted.error(), {}};
  return wrong();
}

/// Counts what became of it.
Outcome counted(SignInCounts& counts, Outcome outcome) {
  if (std::holds_alternative<SignedIn>(outcome)) {
    ++counts.accepted;
  } else if (std::get<SignInRefusal>(outcome).error.kind == ErrorKind::Unauthenticated) {
    ++counts.refused;
  } else if (std::get<SignInRefusal>(outcome).retry_after.count() > 0) {
    ++counts.turned_away;
  }
  return outcome;
}

Outcome attempt(Accounts& accounts, const SignIn& ask) {
  const TimePoint now = accounts.clock().now();
  // Made at the first attempt whoever it is for, so that it tells nothing.
  const std::string& nobodys_hash = accounts.nobodys_hash();
  const TimePoint until = accounts.limits().locked_until(ask.account_id, ask.address, now);
  if (until != kNoTime) return locked(until, now);
  Result<std::optional<StoredAccount>> found = accounts.store().accounts().find(ask.account_id);
  if (!found) return SignInRefusal{found.error(), {}};
  const std::optional<StoredAccount>& account = *found;
  if (account && account->locked_until > now) return locked(account->locked_until, now);
  const bool fits = is_password(ask.password, account ? account->password_hash : nobodys_hash);
  if (!account || !fits || account->disabled) return refused(accounts, ask, account, now);
  Result<SignedIn> in = begin_session(accounts, *account,
                                      {.detail = fmt::format("from {}", ask.address),
                                       .request_id = ask.request_id,
                                       .old_session = ask.old_session});
  if (!in) return SignInRefusal{in.error(), {}};
  accounts.limits().succeeded(account->id);
  return *std::move(in);
}

}  // namespace

void sign_in(Accounts& accounts, SignIn ask, SignInDone done) {
  const auto shared =
      std::make_shared<std::pair<SignIn, SignInDone>>(std::move(ask), std::move(done));
  const bool queued = accounts.lane().submit([&accounts, shared] {
    shared->second(counted(accounts.sign_ins(), attempt(accounts, shared->first)));
  });
  if (queued) return;
  ++accounts.sign_ins().turned_away;
  shared->second(SignInRefusal{
      unavailable("too many sign in at this moment, expected another attempt in a few seconds"),
      kBusyWait});
}

Result<Done> sign_out(Accounts& accounts, const Principal& who, std::string_view request_id) {
  if (who.token_hash.empty()) return Done{};
  MENO_TRY_DONE(accounts.store().accounts().end_session(who.token_hash,
                                                        {.at = accounts.clock().now(),
                                                         .actor = who.id,
                                                         .action = "logout",
                                                         .target = who.id,
                                                         .detail = "",
                                                         .request_id = std::string(request_id)}));
  accounts.forget();
  return Done{};
}

}  // namespace meno
