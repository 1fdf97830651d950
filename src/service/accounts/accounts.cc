#include "service/accounts/accounts.h"

#include <cstring>
#include <mutex>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::string_view kKeyPrefix = "meno_";
/// Some 15 s of work at 15 hashes a second: who waits longer has given up.
constexpr std::size_t kMostWaiting = 256;
/// Beyond this many the table starts anew: more people than a server sees in some seconds.
constexpr std::size_t kMostRemembered = 50'000;

Error unauthenticated() {
  return {ErrorKind::Unauthenticated,
          "the key or session is unknown, expired or revoked, expected a valid one: sign in, or "
          "send \"Authorization: Bearer KEY\""};
}

Digest slot_of(const Token& token, Digest digest) {
  if (token.kind == Token::Kind::Session) digest[0] ^= 0x80U;
  return digest;
}

}  // namespace

std::size_t Accounts::DigestHash::operator()(const Digest& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

Accounts::Accounts(Store& store, const Clock& clock, AccountsOptions options)
    : store_(store), clock_(clock), options_(options), lane_(kMostWaiting) {}

Result<Done> Accounts::load() {
  MENO_TRY(const std::vector<StoredAccount> accounts, store_.accounts().list());
  MENO_TRY(const std::vector<StoredKey> keys, store_.accounts().keys());
  if (!accounts.empty() || !keys.empty()) close();
  return Done{};
}

void Accounts::keep_open() {
  kept_open_ = true;
  open_ = true;
}

std::string Accounts::add_passing_key() {
  std::string key = fmt::format("{}{}", kKeyPrefix, random_token());
  Principal principal = anybody();
  principal.id = "passing key";
  const std::unique_lock lock(mutex_);
  passing_[sha256(key)].who = std::make_shared<const Principal>(std::move(principal));
  return key;
}

Accounts::Found Accounts::usable(const Remembered& remembered) const {
  const TimePoint now = clock_.now();
  if (now - remembered.looked_up_at > options_.staleness) return nullptr;
  const TimePoint expires = remembered.who->expires_at;
  return expires == kNoTime || now < expires ? remembered.who : nullptr;
}

Accounts::Found Accounts::remembered(const Token& token) {
  const Digest slot = slot_of(token, sha256(token.text));
  const std::shared_lock lock(mutex_);
  if (const auto it = passing_.find(slot); it != passing_.end()) return it->second.who;
  const auto it = remembered_.find(slot);
  return it == remembered_.end() ? nullptr : usable(it->second);
}

Result<Principal> Accounts::look_up(const Token& token, const Digest& digest) {
  const std::string hash = hex(digest);
  if (token.kind == Token::Kind::Key) {
    if (token.text.rfind(kKeyPrefix, 0) != 0) return unauthenticated();
    MENO_TRY(const std::optional<StoredKey> key, store_.accounts().find_key(hash));
    if (!key || key->revoked) return unauthenticated();
    return principal_of(*key);
  }
  MENO_TRY(const std::optional<StoredSession> session, store_.accounts().find_session(hash));
  if (!session) return unauthenticated();
  MENO_TRY(const std::optional<StoredAccount> account, store_.accounts().find(session->account_id));
  if (!account || account->disabled) return unauthenticated();
  return principal_of(*account, *session);
}

Result<Accounts::Found> Accounts::authenticate(const Token& token) {
  if (Found known = remembered(token)) return known;
  const Digest digest = sha256(token.text);
  MENO_TRY(Principal principal, look_up(token, digest));
  if (principal.expires_at != kNoTime && clock_.now() >= principal.expires_at)
    return unauthenticated();
  auto who = std::make_shared<const Principal>(std::move(principal));
  remember(slot_of(token, digest), who);
  return Found(std::move(who));
}

void Accounts::remember(const Digest& slot, Found who) {
  const std::unique_lock lock(mutex_);
  if (remembered_.size() >= kMostRemembered) remembered_.clear();
  remembered_[slot] = {.who = std::move(who), .looked_up_at = clock_.now()};
}

void Accounts::forget() {
  const std::unique_lock lock(mutex_);
  remembered_.clear();
}

const std::string& Accounts::nobodys_hash() {
  if (nobodys_hash_.empty()) {
    const Result<std::string> made = hashed_password(random_token(), options_.password_cost);
    if (made) nobodys_hash_ = *made;
  }
  return nobodys_hash_;
}

}  // namespace meno
