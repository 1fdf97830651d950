#include "http/rate_limits.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace meno {
namespace {

/// Callers that are remembered; beyond it those whose buckets are full again are forgotten.
constexpr std::size_t kMostBuckets = 100'000;

double seconds_between(RateLimits::Clock::time_point from, RateLimits::Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

int RateLimits::wait_of(const Principal& who, std::string_view address, Clock::time_point now) {
  const bool key = who.kind == Principal::Kind::Key;
  const bool anonymous = who.kind == Principal::Kind::Anonymous;
  const double share = key ? options_.key_share : anonymous ? options_.address_share : 1.0;
  const double rate = options_.per_second * share;
  if (rate <= 0.0) return 0;
  const double most = std::max(1.0, rate * options_.burst_seconds);
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= kMostBuckets) forget_the_full(now);
  const auto [at, fresh] = buckets_.try_emplace(fmt::format("{}{}",
                                                            key         ? 'k'
                                                            : anonymous ? '@'
                                                                        : 'a',
                                                            anonymous ? address : who.id),
                                                Bucket{most, now});
  Bucket& bucket = at->second;
  bucket.left = std::min(most, bucket.left + rate * seconds_between(bucket.at, now));
  bucket.at = now;
  if (bucket.left >= 1.0) {
    bucket.left -= 1.0;
    return 0;
  }
  return std::max(1, static_cast<int>(std::ceil((1.0 - bucket.left) / rate)));
}

void RateLimits::forget_the_full(Clock::time_point now) {
  for (auto at = buckets_.begin(); at != buckets_.end();) {
    // Whatever its rate, a bucket fills in burst_seconds.
    const bool full = seconds_between(at->second.at, now) >= options_.burst_seconds;
    at = full ? buckets_.erase(at) : std::next(at);
  }
}

}  // namespace meno
