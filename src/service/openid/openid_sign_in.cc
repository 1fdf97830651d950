#include "service/openid/openid_sign_in.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "service/openid/web_address.h"

namespace meno {
namespace {

/// Sign-ins that may wait for the provider, and how many at once do: a school's classes begin
/// together, and a provider takes some tenths of a second for each.
constexpr std::size_t kMostWaiting = 256;
constexpr std::size_t kThreads = 4;
constexpr std::chrono::seconds kBusyWait{5};
/// Who has waited this long in the queue for a slow provider is told so rather than kept waiting.
constexpr std::chrono::seconds kLongestWait{10};

Error forbidden(std::string message) { return {ErrorKind::Forbidden, std::move(message)}; }

OpenIdTrouble trouble_of(const Error& error) {
  if (error.kind == ErrorKind::InvalidInput) return OpenIdTrouble::Stale;
  return error.kind == ErrorKind::Forbidden ? OpenIdTrouble::Untrusted : OpenIdTrouble::Away;
}

OpenIdRefusal refusal_of(const Error& error) {
  return {.trouble = trouble_of(error), .error = error};
}

OpenIdRefusal no_account() {
  return {.trouble = OpenIdTrouble::NoAccount,
          .error = forbidden("the provider's account belongs to no account here that may come in, "
                             "expected one that does")};
}

/// The provider's own word for a refusal, where it is one that may stand in a log.
std::string_view known_word(std::string_view word) {
  const bool plain = word.size() <= 40 && std::all_of(word.begin(), word.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || c == '_';
                     });
  return plain ? word : "an unknown one";
}

}  // namespace

OpenIdConnect::OpenIdConnect(Accounts& accounts, OpenIdOptions options, const Digest& key,
                             std::unique_ptr<Web> web)
    : accounts_(accounts),
      options_(std::move(options)),
      key_(key),
      web_(std::move(web)),
      provider_(options_, *web_, accounts_.clock()),
      lane_(kMostWaiting, kThreads) {}

OpenIdConnect::~OpenIdConnect() { web_->stop(); }

std::optional<OpenIdRefusal> OpenIdConnect::turned_away(const std::string& address) {
  const TimePoint now = accounts_.clock().now();
  const std::lock_guard lock(mutex_);
  const TimePoint until = limits_.locked_until(address, now);
  if (until == kNoTime) return std::nullopt;
  const auto wait = std::chrono::ceil<std::chrono::seconds>(until - now);
  ++accounts_.sign_ins().turned_away;
  return OpenIdRefusal{
      .trouble = OpenIdTrouble::TooMany,
      .error = unavailable(
          fmt::format("too many sign-ins were refused, expected a wait of {} s", wait.count())),
      .retry_after = wait};
}

OpenIdRefusal OpenIdConnect::busy() {
  ++accounts_.sign_ins().turned_away;
  return {.trouble = OpenIdTrouble::TooMany,
          .error = unavailable(
              "too many sign in at this moment, expected another attempt in a few seconds"),
          .retry_after = kBusyWait};
}

bool OpenIdConnect::too_late(TimePoint asked) const {
  return accounts_.clock().now() - asked >= kLongestWait;
}

BegunOpenId OpenIdConnect::begun(const BeginOpenId& ask, const ProviderDocument& document) {
  const PendingSignIn pending = new_pending(ask.old_session, accounts_.clock().now());
  const std::string challenge = challenge_of(pending);
  const std::array<std::pair<std::string_view, std::string_view>, 8> query = {
      {{"response_type", "code"},
       {"client_id", options_.client_id},
       {"redirect_uri", options_.redirect_uri},
       {"scope", options_.scopes},
       {"state", pending.state},
       {"nonce", pending.nonce},
       {"code_challenge", challenge},
       {"code_challenge_method", "S256"}}};
  const std::string& endpoint = document.authorization_endpoint;
  const char mark = endpoint.find('?') == std::string::npos ? '?' : '&';
  return {.location = fmt::format("{}{}{}", endpoint, mark, form_of(query)),
          .cookie = sealed(pending, key_)};
}

void OpenIdConnect::begin(BeginOpenId ask, Begun done) {
  if (std::optional<OpenIdRefusal> refusal = turned_away(ask.address))
    return done(*std::move(refusal));
  if (const Provider::Document known = provider_.remembered()) return done(begun(ask, *known));
  const auto shared =
      std::make_shared<std::pair<BeginOpenId, Begun>>(std::move(ask), std::move(done));
  const bool queued = lane_.submit([this, shared, asked = accounts_.clock().now()] {
    if (too_late(asked)) return shared->second(busy());
    const Result<Provider::Document> document = provider_.document();
    if (document) return shared->second(begun(shared->first, **document));
    spdlog::warn("sign-in with the identity provider: {}", document.error().message);
    shared->second(refusal_of(document.error()));
  });
  if (!queued) shared->second(busy());
}

void OpenIdConnect::finish(FinishOpenId ask, Finished done) {
  const auto shared =
      std::make_shared<std::pair<FinishOpenId, Finished>>(std::move(ask), std::move(done));
  const bool queued = lane_.submit([this, shared, asked = accounts_.clock().now()] {
    shared->second(too_late(asked) ? busy() : attempt(shared->first));
  });
  if (!queued) shared->second(busy());
}

OpenIdRefusal OpenIdConnect::refused(OpenIdRefusal refusal, const FinishOpenId& ask) {
  if (refusal.trouble == OpenIdTrouble::Untrusted || refusal.trouble == OpenIdTrouble::Away)
    spdlog::warn("sign-in with the identity provider: {}", refusal.error.message);
  // A provider that is away is nobody's attempt.
  if (refusal.trouble == OpenIdTrouble::Away) return refusal;
  ++accounts_.sign_ins().refused;
  const TimePoint now = accounts_.clock().now();
  {
    const std::lock_guard lock(mutex_);
    if (limits_.failed(ask.address, now)) ++accounts_.sign_ins().locked_out;
  }
  const Result<Done> noted =
      accounts_.store().audit().append({.at = now,
                                        .actor = "",
                                        .action = "login_failed",
                                        .target = "no account",
                                        .detail = fmt::format("by OpenID from {}", ask.address),
                                        .request_id = ask.request_id});
  return noted ? std::move(refusal) : refusal_of(noted.error());
}

Result<PendingSignIn> OpenIdConnect::pending_of(const FinishOpenId& ask) {
  const TimePoint now = accounts_.clock().now();
  std::optional<PendingSignIn> pending = opened(ask.cookie, key_);
  if (!pending)
    return invalid_input("the sign-in was begun in another browser, expected one begun in this");
  if (!same_secret(pending->state, ask.state))
    return invalid_input("the state is another sign-in's, expected that of the last one begun");
  if (now >= pending->begun_at + kPendingTime)
    return invalid_input(fmt::format("the sign-in was begun too long ago, expected at most {} min",
                                     kPendingTime.count()));
  if (!used_.use(*pending, now))
    return invalid_input("the sign-in is finished already, expected a new one");
  return *std::move(pending);
}

std::optional<OpenIdRefusal> OpenIdConnect::told_no(const FinishOpenId& ask) const {
  if (ask.error.empty()) return std::nullopt;
  constexpr std::array<std::string_view, 5> kNo = {"access_denied", "login_required",
                                                   "interaction_required", "consent_required",
                                                   "account_selection_required"};
  if (std::find(kNo.begin(), kNo.end(), ask.error) != kNo.end()) {
    return OpenIdRefusal{
        .trouble = OpenIdTrouble::Denied,
        .error = forbidden(fmt::format(
            "the provider did not let the person in ({}), expected that it does", ask.error))};
  }
  return OpenIdRefusal{
      .trouble = OpenIdTrouble::Away,
      .error = unavailable(fmt::format("the provider reports a fault ({}), expected a code",
                                       known_word(ask.error)))};
}

Result<Identity> OpenIdConnect::identity_of(const FinishOpenId& ask, const PendingSignIn& pending,
                                            Tokens& tokens) {
  if (ask.code.empty()) return invalid_input("the code is missing, expected the provider's");
  MENO_TRY(const Provider::Document document, provider_.document());
  const bool named = !ask.issuer.empty() || document->names_itself_always;
  if (named && ask.issuer != options_.issuer)
    return forbidden("the reply's iss is another, expected the provider's");
  MENO_TRY(tokens, exchange_code(options_, *web_, *document,
                                 {.code = ask.code, .verifier = pending.verifier}));
  MENO_TRY(const std::string claims, provider_.payload_of(tokens.id_token));
  return checked_identity(claims, {.issuer = options_.issuer,
                                   .client_id = options_.client_id,
                                   .nonce = pending.nonce,
                                   .access_token = tokens.access_token,
                                   .now = accounts_.clock().now()});
}

Result<std::optional<std::string>> OpenIdConnect::name_of(const Identity& identity,
                                                          const Tokens& tokens) {
  std::optional<std::string> name = account_in(identity.claims, options_.account_claim);
  if (name) return name;
  // Most providers tell names only to who asks for them.
  MENO_TRY(const Provider::Document document, provider_.document());
  if (document->userinfo_endpoint.empty() || tokens.access_token.empty()) return name;
  MENO_TRY(const std::string claims, fetch_userinfo(*web_, *document, tokens.access_token));
  MENO_TRY(const Identity told, checked_userinfo(claims, identity.subject));
  return account_in(told.claims, options_.account_claim);
}

Result<std::optional<StoredAccount>> OpenIdConnect::link(const std::string& name,
                                                         const Identity& identity,
                                                         const FinishOpenId& ask) {
  const std::optional<StoredAccount> none;
  MENO_TRY(const std::optional<StoredAccount> account, accounts_.store().accounts().find(name));
  if (!account || account->disabled) return none;
  const Result<Done> linked = accounts_.store().links().add(
      {.issuer = options_.issuer, .subject = identity.subject, .account_id = account->id},
      {.at = accounts_.clock().now(),
       .actor = account->id,
       .action = "account_linked",
       .target = account->id,
       .detail = fmt::format("with {} from {}", options_.issuer, ask.address),
       .request_id = ask.request_id});
  if (linked) return account;
  if (linked.error().kind != ErrorKind::Conflict) return linked.error();
  // The account is another subject's already; or this one's, by the same person at the same moment.
  MENO_TRY(const std::optional<StoredLink> known,
           accounts_.store().links().find(options_.issuer, identity.subject));
  return known && known->account_id == account->id ? account : none;
}

Result<std::optional<StoredAccount>> OpenIdConnect::account_of(const Identity& identity,
                                                               const Tokens& tokens,
                                                               const FinishOpenId& ask) {
  const std::optional<StoredAccount> none;
  MENO_TRY(const std::optional<StoredLink> known,
           accounts_.store().links().find(options_.issuer, identity.subject));
  if (known) {
    MENO_TRY(const std::optional<StoredAccount> account,
             accounts_.store().accounts().find(known->account_id));
    return account && !account->disabled ? account : none;
  }
  MENO_TRY(const std::optional<std::string> name, name_of(identity, tokens));
  if (!name) return none;
  return link(*name, identity, ask);
}

OpenIdConnect::Outcome OpenIdConnect::attempt(const FinishOpenId& ask) {
  if (std::optional<OpenIdRefusal> refusal = turned_away(ask.address)) return *std::move(refusal);
  const Result<PendingSignIn> pending = pending_of(ask);
  if (!pending) return refused(refusal_of(pending.error()), ask);
  if (std::optional<OpenIdRefusal> refusal = told_no(ask)) return refused(*std::move(refusal), ask);
  Tokens tokens;
  const Result<Identity> identity = identity_of(ask, *pending, tokens);
  if (!identity) return refused(refusal_of(identity.error()), ask);
  const Result<std::optional<StoredAccount>> account = account_of(*identity, tokens, ask);
  if (!account) return refused(refusal_of(account.error()), ask);
  if (!*account) return refused(no_account(), ask);
  Result<SignedIn> in = begin_session(
      accounts_, **account,
      {.detail = fmt::format("by OpenID from {}", ask.address),
       .request_id = ask.request_id,
       .old_session = ask.old_session.empty() ? pending->old_session : ask.old_session});
  if (!in) return refused(refusal_of(in.error()), ask);
  ++accounts_.sign_ins().accepted;
  return *std::move(in);
}

}  // namespace meno
