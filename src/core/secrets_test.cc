#include "core/secrets.h"

#include <set>

#include <gtest/gtest.h>

namespace meno {
namespace {

/// The least that the library takes: these tests are about what, not how long.
constexpr PasswordCost kCheap = {.passes = 1, .bytes = 8192};

TEST(Secrets, HashesAsThePublishedExampleSays) {
  // FIPS 180-4, the message "abc".
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Secrets, AreDifferentEachTimeAndSafeInAHeader) {
  std::set<std::string> seen;
  for (int k = 0; k < 1000; ++k) {
    const std::string token = random_token();
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(
        token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
        std::string::npos);
    EXPECT_TRUE(seen.insert(token).second);
  }
}

TEST(Secrets, OnlyThePasswordItselfFitsItsHash) {
  const Result<std::string> hashed = hashed_password("correct horse", kCheap);
  ASSERT_TRUE(hashed);
  EXPECT_EQ(hashed->rfind("$argon2id$", 0), 0U) << *hashed;
  EXPECT_TRUE(is_password("correct horse", *hashed));
  EXPECT_FALSE(is_password("correct horsf", *hashed));
  EXPECT_FALSE(is_password("", *hashed));
  EXPECT_FALSE(is_password("correct horse", "no hash"));
  EXPECT_NE(*hashed, *hashed_password("correct horse", kCheap)) << "each has a salt of its own";
}

}  // namespace
}  // namespace meno
