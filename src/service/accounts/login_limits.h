// Limits on guessing passwords: by account, so that one cannot be guessed at from many places, and
// by address, so that many cannot be guessed at from one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/clock.h"
#include "service/accounts/address_limits.h"

namespace meno {

/// When the next attempt after `failures` in a row may be made: at once for four, then after 30 s,
/// doubling up to 15 minutes. Long enough against guessing (at most 96 a day), short enough that a
/// child who is locked out by a prank is back within the lesson.
std::chrono::milliseconds lock_time(std::int64_t failures);

/// In memory, for names that are accounts and for names that are none, so that neither shows which
/// it is. Not thread-safe.
class LoginLimits {
 public:
  /// kNoTime when an attempt may be made at `now`.
  TimePoint locked_until(std::string_view account_id, std::string_view address, TimePoint now);
  /// An attempt was refused; `stored` are the account's failures before it as the store has them.
  /// Returns the failures in a row, this one included.
  std::int64_t failed(std::string_view account_id, std::string_view address, std::int64_t stored,
                      TimePoint now);
  /// Forgets the account's failures.
  void succeeded(std::string_view account_id);

 private:
  struct Failures {
    std::int64_t count = 0;
    TimePoint locked_until = kNoTime;
    TimePoint since = kNoTime;
  };
  using Table = std::unordered_map<std::string, Failures>;

  void make_room(TimePoint now);

  Table accounts_;
  AddressLimits addresses_;
};

}  // namespace meno
