#include "http/rate_limits.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

using std::chrono::milliseconds;
using Clock = RateLimits::Clock;

Principal account(const char* id) {
  Principal who;
  who.kind = Principal::Kind::Account;
  who.id = id;
  return who;
}

TEST(RateLimits, LetsABurstThroughAndThenTheRate) {
  RateLimits limits({.per_second = 2.0, .burst_seconds = 2.0});
  const Clock::time_point start;
  for (int k = 0; k < 4; ++k) EXPECT_EQ(limits.wait_of(account("ann"), "1.1.1.1", start), 0);
  EXPECT_EQ(limits.wait_of(account("ann"), "1.1.1.1", start), 1);
  EXPECT_EQ(limits.wait_of(account("ann"), "1.1.1.1", start + milliseconds(499)), 1);
  EXPECT_EQ(limits.wait_of(account("ann"), "1.1.1.1", start + milliseconds(501)), 0);
  EXPECT_EQ(limits.wait_of(account("ann"), "1.1.1.1", start + milliseconds(502)), 1);
}

TEST(RateLimits, CountsEachCallerAlone) {
  RateLimits limits(
      {.per_second = 1.0, .burst_seconds = 1.0, .address_share = 2.0, .key_share = 3.0});
  const Clock::time_point start;
  Principal key = account("ann");
  key.kind = Principal::Kind::Key;
  const auto let_in = [&](const Principal& who, const char* address) {
    int count = 0;
    while (limits.wait_of(who, address, start) == 0) ++count;
    return count;
  };
  EXPECT_EQ(let_in(account("ann"), "1.1.1.1"), 1);
  EXPECT_EQ(let_in(account("bo"), "1.1.1.1"), 1);
  EXPECT_EQ(let_in(key, "1.1.1.1"), 3) << "a key of the same id";
  EXPECT_EQ(let_in(Principal(), "1.1.1.1"), 2);
  EXPECT_EQ(let_in(Principal(), "2.2.2.2"), 2);
}

TEST(RateLimits, SaysHowLongASlowRateTakes) {
  RateLimits limits({.per_second = 0.1, .burst_seconds = 10.0});
  const Clock::time_point start;
  EXPECT_EQ(limits.wait_of(account("ann"), "", start), 0);
  EXPECT_EQ(limits.wait_of(account("ann"), "", start), 10);
}

TEST(RateLimits, IsOffAtZero) {
  RateLimits limits({.per_second = 0.0});
  for (int k = 0; k < 1000; ++k)
    EXPECT_EQ(limits.wait_of(account("ann"), "", Clock::time_point()), 0);
}

}  // namespace
}  // namespace meno
