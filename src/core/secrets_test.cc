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

TEST(Secrets, OpensASealedTextUnderItsOwnKeyOnly) {
  const Digest key = sha256("key");
  const std::string sealed = sealed_text("a secret", key);
  EXPECT_EQ(opened_text(sealed, key), "a secret");
  EXPECT_EQ(opened_text(sealed_text("", key), key), "");
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  EXPECT_NE(sealed, sealed_text("a secret", key)) << "a nonce of its own";
  EXPECT_FALSE(opened_text(sealed, sha256("another")));
  std::string changed = sealed;
  changed[40] = changed[40] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(opened_text(changed, key));
  EXPECT_FALSE(opened_text("", key));
  EXPECT_FALSE(opened_text("no base64!", key));
}

TEST(Secrets, ReadsBackWhatItWroteAsBase64) {
  const std::string bytes("\0\xff?>~", 5);
  EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
  EXPECT_EQ(base64url("a?>"), "YT8-");
  EXPECT_FALSE(from_base64url("YT8+"));
  EXPECT_FALSE(from_base64url("A"));
}

}  // namespace
}  // namespace meno
