#include "service/openid/id_token.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "core/secrets.h"

namespace meno {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

IdTokenExpected expected() {
  return {.issuer = "https://id.example",
          .client_id = "meno",
          .nonce = "n-1",
          .access_token = "at-1",
          .now = TimePoint(std::chrono::seconds(kNow))};
}

/// What a right provider says.
Json right() {
  return {{"iss", "https://id.example"}, {"sub", "s-1"}, {"aud", "meno"},
          {"exp", kNow + 600},           {"iat", kNow},  {"nonce", "n-1"}};
}

std::string half_hash(const std::string& token) {
  const Digest digest = sha256(token);
  return base64url({reinterpret_cast<const char*>(digest.data()), digest.size() / 2});
}

/// `right()` with `claim` as `value`; without it for null.
std::string with(const char* claim, const Json& value) {
  Json claims = right();
  claims.erase(claim);
  if (!value.is_null()) claims[claim] = value;
  return claims.dump();
}

struct Case {
  const char* claim;
  Json value;
  bool taken;
};

TEST(IdToken, OfARightProviderIsTaken) {
  const Result<Identity> identity = checked_identity(right().dump(), expected());
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->subject, "s-1");
}

TEST(IdToken, WithOneClaimWrongIsRefusedByThatClaimsName) {
  const std::vector<Case> cases = {
      {"iss", nullptr, false},
      {"iss", "https://id.example/", false},
      {"iss", "https://evil.example", false},
      {"iss", 7, false},
      {"aud", nullptr, false},
      {"aud", "other", false},
      {"aud", Json::array(), false},
      {"aud", {"other"}, false},
      {"aud", {"meno"}, true},
      {"aud", {"meno", "other"}, false},
      {"aud", {{"meno", true}}, false},
      {"azp", "meno", true},
      {"azp", "other", false},
      {"azp", 7, false},
      {"exp", nullptr, false},
      {"exp", "1800000600", false},
      {"exp", kNow - 59, true},
      {"exp", kNow - 60, false},
      {"exp", -1, false},
      {"exp", 1e300, false},
      {"iat", nullptr, false},
      {"iat", kNow + 60, true},
      {"iat", kNow + 61, false},
      {"iat", kNow - 660, true},
      {"iat", kNow - 661, false},
      {"iat", "now", false},
      {"nbf", kNow + 60, true},
      {"nbf", kNow + 61, false},
      {"nbf", "now", false},
      {"nonce", nullptr, false},
      {"nonce", "", false},
      {"nonce", "n-2", false},
      {"nonce", "n-10", false},
      {"at_hash", half_hash("at-1"), true},
      {"at_hash", half_hash("at-2"), false},
      {"at_hash", "", false},
      {"at_hash", 7, false},
      {"sub", nullptr, false},
      {"sub", "", false},
      {"sub", 7, false},
      {"sub", std::string(255, 's'), true},
      {"sub", std::string(256, 's'), false},
      {"sub", "a\nb", false},
      {"sub", std::string("a\0b", 3), false},
  };
  for (const Case& each : cases) {
    const Result<Identity> identity = checked_identity(with(each.claim, each.value), expected());
    ASSERT_EQ(identity.has_value(), each.taken) << each.claim << " " << each.value;
    if (each.taken) continue;
    EXPECT_EQ(identity.error().kind, ErrorKind::Forbidden);
    EXPECT_NE(identity.error().message.find(each.claim), std::string::npos)
        << identity.error().message;
  }
}

TEST(IdToken, ForSeveralIsTakenWhenItIsForUsByName) {
  Json claims = right();
  claims["aud"] = {"other", "meno"};
  claims["azp"] = "meno";
  EXPECT_TRUE(checked_identity(claims.dump(), expected()));
  claims["azp"] = "other";
  EXPECT_FALSE(checked_identity(claims.dump(), expected()));
}

TEST(IdToken, WithAnAtHashButNoAccessTokenIsRefused) {
  IdTokenExpected without = expected();
  without.access_token = "";
  EXPECT_FALSE(checked_identity(with("at_hash", half_hash("")), without));
}

TEST(IdToken, IsRefusedWhereNoNonceIsExpected) {
  IdTokenExpected without = expected();
  without.nonce = "";
  EXPECT_FALSE(checked_identity(with("nonce", ""), without));
}

TEST(IdToken, ThatIsNoObjectIsRefused) {
  for (const char* text : {"", "[]", "7", "null", "{", "\"x\""})
    EXPECT_FALSE(checked_identity(text, expected())) << text;
}

TEST(Userinfo, IsOfTheSameSubjectOnly) {
  EXPECT_TRUE(checked_userinfo(R"({"sub":"s-1"})", "s-1"));
  EXPECT_EQ(checked_userinfo(R"({"sub":"s-2"})", "s-1").error().kind, ErrorKind::Forbidden);
  EXPECT_EQ(checked_userinfo(R"({})", "s-1").error().kind, ErrorKind::Forbidden);
  EXPECT_EQ(checked_userinfo("<html>", "s-1").error().kind, ErrorKind::Unavailable);
}

TEST(AccountIn, IsAPlainTextAndAnEmailOnlyOnceVerified) {
  const auto name = [](const char* claims, const char* claim = "preferred_username") {
    return account_in(claims, claim).value_or("none");
  };
  EXPECT_EQ(name(R"({"preferred_username":"ann"})"), "ann");
  EXPECT_EQ(name(R"({"preferred_username":""})"), "none");
  EXPECT_EQ(name(R"({"preferred_username":7})"), "none");
  EXPECT_EQ(name(R"({"preferred_username":"a\u0000nn"})"), "none");
  EXPECT_EQ(name(R"({"name":"ann"})"), "none");
  const std::string longest = Json{{"upn", std::string(200, 'x')}}.dump();
  const std::string longer = Json{{"upn", std::string(201, 'x')}}.dump();
  EXPECT_NE(name(longest.c_str(), "upn"), "none");
  EXPECT_EQ(name(longer.c_str(), "upn"), "none");
  EXPECT_EQ(name(R"({"email":"a@x"})", "email"), "none");
  EXPECT_EQ(name(R"({"email":"a@x","email_verified":false})", "email"), "none");
  EXPECT_EQ(name(R"({"email":"a@x","email_verified":"true"})", "email"), "none");
  EXPECT_EQ(name(R"({"email":"a@x","email_verified":true})", "email"), "a@x");
}

TEST(AccountIn, IsNotLookedForInWhatNestsWithoutEnd) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_FALSE(account_in(R"({"sub":)" + deep + R"(,"upn":"ann"})", "upn"));
  EXPECT_FALSE(checked_identity(R"({"sub":)" + deep + R"(,"upn":"ann"})", expected()));
}

}  // namespace
}  // namespace meno
