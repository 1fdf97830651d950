// RateLimits: how many requests one caller may make. A bucket of allowances per caller, which fills
// at a steady rate and holds so many, so that a class that starts at once is not refused.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "service/accounts/principal.h"

namespace meno {

struct RateOptions {
  double per_second = 100.0;    // of one account; 0: no limit
  double burst_seconds = 20.0;  // so many seconds' worth may come at once
  /// An address that has not signed in may be a whole district behind one router.
  double address_share = 50.0;  // times per_second
  /// A key is a platform with all its students.
  double key_share = 200.0;  // times per_second
  /// Also while the server is open, when everybody is on this machine.
  bool of_open_server = false;
};

/// Thread-safe.
class RateLimits {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimits(const RateOptions& options) : options_(options) {}

  /// Takes one allowance of the account or key, or, of whoever has not said who they are, of the
  /// address. 0 when there was one; else the seconds, at least 1, until there is again.
  int wait_of(const Principal& who, std::string_view address, Clock::time_point now);
  const RateOptions& options() const { return options_; }

 private:
  struct Bucket {
    double left = 0.0;
    Clock::time_point at;
  };

  void forget_the_full(Clock::time_point now);

  const RateOptions options_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;  // guarded by mutex_
};

}  // namespace meno
