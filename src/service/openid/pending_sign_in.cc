#include "service/openid/pending_sign_in.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace meno {
namespace {

/// More than can come back within their ten minutes from a provider that is asked for each.
constexpr std::size_t kMostUsed = 100'000;
constexpr std::size_t kLines = 5;

}  // namespace

PendingSignIn new_pending(std::string old_session, TimePoint now) {
  return {.state = random_token(),
          .nonce = random_token(),
          .verifier = random_token(),
          .old_session = std::move(old_session),
          .begun_at = now};
}

std::string challenge_of(const PendingSignIn& pending) {
  const Digest digest = sha256(pending.verifier);
  return base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string sealed(const PendingSignIn& pending, const Digest& key) {
  return sealed_text(
      fmt::format("{}\n{}\n{}\n{}\n{}", pending.state, pending.nonce, pending.verifier,
                  pending.old_session, pending.begun_at.time_since_epoch().count()),
      key);
}

std::optional<PendingSignIn> opened(std::string_view cookie, const Digest& key) {
  const std::optional<std::string> text = opened_text(cookie, key);
  if (!text) return std::nullopt;
  std::array<std::string_view, kLines> lines;
  std::string_view rest = *text;
  for (std::string_view& line : lines) {
    line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  std::int64_t begun = 0;
  std::from_chars(lines[4].data(), lines[4].data() + lines[4].size(), begun);
  return PendingSignIn{.state = std::string(lines[0]),
                       .nonce = std::string(lines[1]),
                       .verifier = std::string(lines[2]),
                       .old_session = std::string(lines[3]),
                       .begun_at = TimePoint{std::chrono::milliseconds(begun)}};
}

Result<Digest> pending_key(const OpenIdOptions& options, const PasswordCost& cost) {
  if (options.client_secret.empty()) return random_key();
  return key_from_secret(options.client_secret,
                         fmt::format("meno: sign-ins that have been begun, version 1\n{}\n{}",
                                     options.issuer, options.client_id),
                         cost);
}

bool UsedStates::use(const PendingSignIn& pending, TimePoint now) {
  const std::lock_guard lock(mutex_);
  if (used_.size() >= kMostUsed) {
    std::erase_if(used_, [now](const auto& each) { return each.second < now; });
  }
  // Still full: who comes is sent away rather than let in twice.
  if (used_.size() >= kMostUsed) return false;
  return used_.emplace(pending.state, pending.begun_at + kPendingTime).second;
}

}  // namespace meno
