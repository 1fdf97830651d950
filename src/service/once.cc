#include "service/once.h"

#include <algorithm>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::chrono::hours kKept{24};
constexpr std::size_t kLongestKey = 200;

Result<Done> check_key(std::string_view key) {
  const bool printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (printable && !key.empty() && key.size() <= kLongestKey) return Done{};
  return invalid_input(
      fmt::format("\"Idempotency-Key\" has {} bytes{}, expected 1 to {} printable ASCII characters",
                  key.size(), printable ? "" : ", some of them no printable ASCII", kLongestKey));
}

OnceClaim claimed(const Claim& claim, std::string_view fingerprint, const Digest& seal) {
  OnceClaim outcome{.slot = claim.kept.slot, .seal = seal};
  if (claim.claimed) return outcome;
  outcome.state = OnceClaim::State::UnderWay;
  if (claim.kept.fingerprint != fingerprint) {
    outcome.state = OnceClaim::State::Another;
  } else if (claim.kept.status != 0) {
    outcome.state = OnceClaim::State::Done;
    outcome.status = claim.kept.status;
    outcome.body = opened_text(claim.kept.sealed, seal).value_or("");
  }
  return outcome;
}

}  // namespace

Result<OnceClaim> claim_once(Services& services, const Principal& who, std::string_view key,
                             std::string_view request) {
  MENO_TRY_DONE(check_key(key));
  const std::string owner = fmt::format("{}\n{}\n{}", static_cast<int>(who.kind), who.id, key);
  const KeptReply asked{.slot = hex(sha256("slot\n" + owner)),
                        .fingerprint = hex(sha256(request)),
                        .at = services.clock.now()};
  MENO_TRY(const Claim claim, services.store.replies().claim(asked, asked.at - kKept));
  return claimed(claim, asked.fingerprint, sha256("seal\n" + owner));
}

Result<Done> finish_once(Services& services, const OnceClaim& claim, int status,
                         std::string_view body) {
  // 500: nobody knows what was done, so nobody may do it again under this key.
  if (status == 500) return Done{};
  ReplyStore& replies = services.store.replies();
  if (status >= 300) return replies.release(claim.slot);
  return replies.keep(claim.slot, status, sealed_text(body, claim.seal));
}

}  // namespace meno
