// Replies: what was answered to requests that must not be done twice, kept for a day under the key
// that the caller chose (the Idempotency-Key field), so that asking again gives the same reply.
#pragma once

#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// A claim on a key. All text is opaque to the store.
struct KeptReply {
  std::string slot = {};         // hash of the caller and the key
  std::string fingerprint = {};  // hash of the request
  TimePoint at = kNoTime;        // of the claim
  int status = 0;                // 0 while the reply is not known
  std::string sealed = {};       // the reply's body, sealed under the caller's key
};

/// What became of a claim: `claimed`, or the one that was there before.
struct Claim {
  bool claimed = true;
  KeptReply kept = {};
};

/// Thread-safe.
class ReplyStore {
 public:
  virtual ~ReplyStore() = default;
  /// Takes the slot, durable on return, unless it is taken. Claims made before `expired` are
  /// forgotten first. Of several at the same time one takes it. Errors: Unavailable.
  virtual Result<Claim> claim(const KeptReply& asked, TimePoint expired) = 0;
  /// Sets the reply of a claim, durable on return. Errors: Unavailable.
  virtual Result<Done> keep(std::string_view slot, int status, std::string_view sealed) = 0;
  /// Gives the slot back: the request had no effect. Errors: Unavailable.
  virtual Result<Done> release(std::string_view slot) = 0;
};

}  // namespace meno
