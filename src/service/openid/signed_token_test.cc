#include "service/openid/signed_token.h"

#include "service/openid/provider_for_test.h"

namespace meno {
namespace {

const char* const kClaims = R"({"sub":"s"})";

KeySet keys_of(const std::vector<Json>& keys) {
  Result<KeySet> set = KeySet::parse(key_set(keys));
  EXPECT_TRUE(set) << set.error().message;
  return *std::move(set);
}

KeySet both() { return keys_of({rsa_key().jwk(), ec_key().jwk()}); }

/// The refusal; "" where the token was taken.
std::string refusal(const std::string& token, const KeySet& keys) {
  const Result<std::string> payload = verified_payload(token, keys);
  if (payload) return "";
  EXPECT_EQ(payload.error().kind, ErrorKind::Forbidden);
  return payload.error().message;
}

/// A token with a header of one's own and no signature, or a signature of one's own.
std::string forged(const std::string& header, const std::string& signature = "") {
  return base64url(header) + "." + base64url(kClaims) + "." + signature;
}

TEST(SignedToken, IsTakenWhenItsSignatureFitsAPublishedKey) {
  EXPECT_EQ(*verified_payload(rsa_key().sign("RS256", kClaims), both()), kClaims);
  EXPECT_EQ(*verified_payload(rsa_key().sign("PS256", kClaims), both()), kClaims);
  EXPECT_EQ(*verified_payload(ec_key().sign("ES256", kClaims), both()), kClaims);
}

TEST(SignedToken, WithoutASignatureIsRefused) {
  for (const char* name : {"none", "None", "NONE", "nOnE", ""}) {
    const std::string header = Json{{"alg", name}, {"kid", "r"}}.dump();
    EXPECT_NE(refusal(forged(header), both()).find("expected RS256"), std::string::npos) << name;
  }
  EXPECT_NE(refusal(forged(R"({"alg":"RS256","kid":"r"})"), both()), "");
}

TEST(SignedToken, SignedWithThePublicKeyAsASecretIsRefused) {
  const std::string modulus = *from_base64url(rsa_key().jwk().at("n").get<std::string>());
  for (const std::string& secret : {rsa_key().jwk().dump(), modulus}) {
    const std::string token = SigningKey::secret("r", secret).sign("HS256", kClaims);
    EXPECT_NE(refusal(token, both()).find("alg is \"HS256\""), std::string::npos);
  }
  // Nor with a secret that the provider publishes by mistake.
  const SigningKey open = SigningKey::secret("o", std::string(64, 'k'));
  const Json published = {{"kty", "oct"}, {"kid", "o"}, {"k", base64url(std::string(64, 'k'))}};
  EXPECT_EQ(keys_of({published}).size(), 0U);
  EXPECT_NE(refusal(open.sign("HS256", kClaims), keys_of({published})), "");
}

TEST(SignedToken, OfAnotherAlgorithmIsRefused) {
  for (const char* name : {"RS384", "RS512", "PS512"})
    EXPECT_NE(refusal(rsa_key().sign(name, kClaims), both()).find("expected RS256"),
              std::string::npos)
        << name;
}

TEST(SignedToken, OfAnotherKeyUnderAKnownNameIsRefused) {
  EXPECT_NE(refusal(other_rsa_key().sign("RS256", kClaims), both()).find("signature is wrong"),
            std::string::npos);
  EXPECT_NE(refusal(SigningKey::ec("e").sign("ES256", kClaims), both()).find("signature is wrong"),
            std::string::npos);
}

TEST(SignedToken, OfAKeyThatIsNotPublishedOrHasNoNameIsRefused) {
  EXPECT_NE(refusal(SigningKey::ec("x").sign("ES256", kClaims), both()).find("does not publish"),
            std::string::npos);
  EXPECT_NE(refusal(rsa_key().sign("RS256", kClaims, "no kid"), both()).find("no kid"),
            std::string::npos);
}

TEST(SignedToken, WithDemandsThatNobodyKnowsIsRefused) {
  EXPECT_NE(refusal(rsa_key().sign("RS256", kClaims, "crit"), both()).find("crit"),
            std::string::npos);
}

TEST(SignedToken, ThatWasChangedIsRefused) {
  const std::string token = rsa_key().sign("RS256", kClaims);
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  const std::string other = base64url(R"({"sub":"t"})");
  const std::string cases[] = {
      token.substr(0, first + 1) + other + token.substr(second),
      token.substr(0, second + 1),
      token.substr(0, second),
      token + ".x",
      token.substr(1),
      "",
      "..",
      "a.b.c",
      std::string(20'000, 'a') + ".b.c",
      forged("[]", "x"),
      forged(R"({"alg":7,"kid":"r"})", "x"),
      forged(R"({"alg":"RS256","kid":["r"]})", "x"),
  };
  for (const std::string& each : cases) EXPECT_NE(refusal(each, both()), "") << each.substr(0, 80);
}

TEST(SignedToken, OfAKeyForSomethingElseIsRefused) {
  const std::string token = rsa_key().sign("RS256", kClaims);
  EXPECT_EQ(refusal(token, keys_of({rsa_key().jwk({{"use", "sig"}, {"alg", "RS256"}})})), "");
  EXPECT_NE(refusal(token, keys_of({rsa_key().jwk({{"alg", "PS256"}})})), "");
  EXPECT_NE(refusal(token, keys_of({rsa_key().jwk({{"alg", "RSA-OAEP"}})})), "");
  EXPECT_NE(refusal(token, keys_of({rsa_key().jwk({{"use", "enc"}})})), "");
  const std::string other_kind = forged(R"({"alg":"ES256","kid":"r"})", "AAAA");
  EXPECT_NE(refusal(other_kind, both()).find("does not publish for ES256"), std::string::npos);
}

TEST(SignedToken, OfAWeakKeyIsRefused) {
  const SigningKey weak = SigningKey::rsa("w", 1024);
  EXPECT_NE(refusal(weak.sign("RS256", kClaims), keys_of({weak.jwk()})), "");
  const SigningKey wide = SigningKey::ec("p", CJOSE_JWK_EC_P_384);
  EXPECT_EQ(keys_of({wide.jwk()}).size(), 0U);
}

TEST(KeySet, LeavesOutWhatItCannotUse) {
  const std::vector<Json> odd = {
      Json{{"kty", "RSA"}, {"kid", "x"}, {"n", "AQ"}, {"e", "AQAB"}},
      Json{{"kty", "EC"}, {"kid", "y"}, {"crv", "P-256"}, {"x", "AA"}, {"y", "AA"}},
      Json{{"kty", "OKP"}, {"kid", "z"}},
      Json{{"kid", "nothing"}},
      Json("text"),
      ec_key().jwk({{"kid", ""}}),
      ec_key().jwk()};
  const KeySet set = keys_of(odd);
  EXPECT_EQ(set.size(), 1U);
  EXPECT_TRUE(set.has("e"));
}

TEST(KeySet, TakesPublicHalvesAlone) {
  const Json more = {{"d", "AQ"}, {"k", "AQ"}, {"more", {1, {2}}}};
  const KeySet set = keys_of({ec_key().jwk(more)});
  EXPECT_EQ(*verified_payload(ec_key().sign("ES256", kClaims), set), kClaims);
}

TEST(KeySet, OfSomethingElseIsRefused) {
  const std::vector<Json> many(101, ec_key().jwk());
  for (const std::string& text : {std::string("no JSON"), std::string("[]"), std::string("{}"),
                                  std::string(R"({"keys":{}})"), key_set(many)}) {
    const Result<KeySet> set = KeySet::parse(text);
    ASSERT_FALSE(set) << text.substr(0, 40);
    EXPECT_EQ(set.error().kind, ErrorKind::Unavailable);
  }
}

}  // namespace
}  // namespace meno
