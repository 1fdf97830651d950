#include "service/accounts/login_limits.h"

#include <gtest/gtest.h>

#include "service/accounts/principal.h"

namespace meno {
namespace {

TEST(LoginLimits, DoubleFromHalfAMinuteToAQuarterOfAnHour) {
  EXPECT_EQ(lock_time(4), std::chrono::seconds(0));
  EXPECT_EQ(lock_time(5), std::chrono::seconds(30));
  EXPECT_EQ(lock_time(6), std::chrono::seconds(60));
  EXPECT_EQ(lock_time(9), std::chrono::minutes(8));
  EXPECT_EQ(lock_time(10), std::chrono::minutes(15));
  EXPECT_EQ(lock_time(1'000'000), std::chrono::minutes(15));
}

TEST(LoginLimits, GoOnFromWhatTheStoreRemembers) {
  LoginLimits limits;
  const TimePoint now(std::chrono::hours(24));
  EXPECT_EQ(limits.failed("ann", "::1", 7, now), 8);
  EXPECT_EQ(limits.locked_until("ann", "::1", now), now + lock_time(8));
  EXPECT_EQ(limits.locked_until("bo", "::1", now), kNoTime);
  limits.succeeded("ann");
  EXPECT_EQ(limits.locked_until("ann", "::1", now), kNoTime);
}

TEST(LoginLimits, KeepAnAddressLockedWhenAccountsAreForgotten) {
  LoginLimits limits;
  const TimePoint now(std::chrono::hours(24));
  for (int k = 0; k < 30'000; ++k) limits.failed(std::to_string(k), "::1", 0, now);
  EXPECT_GT(limits.locked_until("new", "::1", now), now);
}

TEST(Scopes, AreOfTheTableAndAdminIsAll) {
  EXPECT_TRUE(check_scopes("answers:write,students:read"));
  for (const char* bad : {"", "answers", "answers:write,", "answers:write, students:read"})
    EXPECT_FALSE(check_scopes(bad)) << bad;
  Principal key;
  key.scopes = "answers:write,courses:read";
  EXPECT_TRUE(key.has_scope("courses:read"));
  EXPECT_FALSE(key.has_scope("courses:write"));
  EXPECT_FALSE(key.has_scope("answers")) << "a part of a scope is none";
  key.scopes = "admin";
  EXPECT_TRUE(key.has_scope("courses:write"));
}

}  // namespace
}  // namespace meno
