#include "service/openid/provider.h"

#include "service/openid/provider_for_test.h"

namespace meno {
namespace {

OpenIdOptions options_of(const std::string& issuer = kIssuer) {
  OpenIdOptions options;
  options.issuer = issuer;
  return options;
}

TEST(ProviderDocument, ThatIsNotTheProvidersOrUnsafeIsRefused) {
  struct Case {
    const char* member;
    Json value;  // null: without it
  };
  const std::vector<Case> cases = {
      {"issuer", nullptr},
      {"issuer", "https://id.example/"},
      {"issuer", "https://evil.example"},
      {"issuer", 7},
      {"authorization_endpoint", nullptr},
      {"authorization_endpoint", "javascript:alert(1)"},
      {"authorization_endpoint", "http://id.example/auth"},
      {"token_endpoint", "http://id.example/token"},
      {"token_endpoint", "http://127.0.0.1/token"},
      {"jwks_uri", "file:///etc/passwd"},
      {"userinfo_endpoint", "http://id.example/me"},
      {"code_challenge_methods_supported", {"plain"}},
  };
  for (const Case& each : cases) {
    Json document = provider_document();
    document.erase(each.member);
    if (!each.value.is_null()) document[each.member] = each.value;
    const auto parsed = parse_provider_document(document.dump(), options_of());
    ASSERT_FALSE(parsed) << each.member << " " << each.value;
    EXPECT_EQ(parsed.error().kind, ErrorKind::Unavailable);
    EXPECT_NE(parsed.error().message.find(each.member), std::string::npos)
        << parsed.error().message;
  }
  for (const char* text : {"", "<html>", "[]", "null"})
    EXPECT_FALSE(parse_provider_document(text, options_of())) << text;
}

TEST(ProviderDocument, SaysWhatTheProviderCan) {
  Json json = provider_document();
  json.erase("userinfo_endpoint");
  json.erase("code_challenge_methods_supported");
  Result<ProviderDocument> document = parse_provider_document(json.dump(), options_of());
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->userinfo_endpoint, "");
  EXPECT_FALSE(document->secret_in_body);
  EXPECT_FALSE(document->names_itself_always);
  json["token_endpoint_auth_methods_supported"] = {"client_secret_post"};
  json["authorization_response_iss_parameter_supported"] = true;
  document = parse_provider_document(json.dump(), options_of());
  EXPECT_TRUE(document->secret_in_body);
  EXPECT_TRUE(document->names_itself_always);
  json["token_endpoint_auth_methods_supported"] = {"client_secret_post", "client_secret_basic"};
  EXPECT_FALSE(parse_provider_document(json.dump(), options_of())->secret_in_body);
}

class ProviderAsked : public testing::Test {
 protected:
  static constexpr const char* kDocument = "/.well-known/openid-configuration";

  static std::string token(const SigningKey& key, const char* algorithm) {
    return key.sign(algorithm, "{}");
  }

  OpenIdOptions options_ = options_of();
  FakeWeb web_;
  FixedClock clock_{TimePoint(std::chrono::seconds(1'800'000'000))};
  Provider provider_{options_, web_, clock_};
};

TEST_F(ProviderAsked, IsAskedForItsDocumentOnceAnHour) {
  EXPECT_EQ(provider_.remembered(), nullptr);
  for (int k = 0; k < 3; ++k) ASSERT_TRUE(provider_.document());
  EXPECT_NE(provider_.remembered(), nullptr);
  EXPECT_EQ(web_.asked[kDocument], 1);
  clock_.advance(std::chrono::minutes(61));
  ASSERT_TRUE(provider_.document());
  EXPECT_EQ(web_.asked[kDocument], 2);
}

TEST_F(ProviderAsked, IsLeftAloneForAMomentWhenItIsAway) {
  web_.be_away(kDocument);
  for (int k = 0; k < 3; ++k) EXPECT_EQ(provider_.document().error().kind, ErrorKind::Unavailable);
  EXPECT_EQ(web_.asked[kDocument], 1);
  web_.say(kDocument, 200, provider_document().dump());
  clock_.advance(std::chrono::seconds(6));
  EXPECT_TRUE(provider_.document());
  web_.say(kDocument, 500, "");
  clock_.advance(std::chrono::hours(2));
  EXPECT_FALSE(provider_.document());
}

TEST_F(ProviderAsked, IsAskedForKeysAgainForAnUnknownOneOnceAMinute) {
  ASSERT_TRUE(provider_.payload_of(token(rsa_key(), "RS256")));
  ASSERT_TRUE(provider_.payload_of(token(ec_key(), "ES256")));
  EXPECT_EQ(web_.asked["/keys"], 1);
  const SigningKey fresh = SigningKey::ec("new");
  EXPECT_FALSE(provider_.payload_of(token(fresh, "ES256")));
  EXPECT_EQ(web_.asked["/keys"], 1) << "they were fetched this minute";
  web_.say("/keys", 200, key_set({fresh.jwk()}));
  clock_.advance(std::chrono::seconds(61));
  EXPECT_TRUE(provider_.payload_of(token(fresh, "ES256")));
  for (int k = 0; k < 3; ++k)
    EXPECT_FALSE(provider_.payload_of(token(SigningKey::ec("no"), "ES256")));
  EXPECT_EQ(web_.asked["/keys"], 2);
  EXPECT_FALSE(provider_.payload_of(token(rsa_key(), "RS256"))) << "it was taken back";
}

TEST_F(ProviderAsked, IsObeyedWithinTheHourWhenItTakesAKeyBack) {
  ASSERT_TRUE(provider_.payload_of(token(rsa_key(), "RS256")));
  web_.say("/keys", 200, key_set({ec_key().jwk()}));
  clock_.advance(std::chrono::minutes(61));
  EXPECT_EQ(provider_.payload_of(token(rsa_key(), "RS256")).error().kind, ErrorKind::Forbidden);
}

TEST_F(ProviderAsked, WithoutKeysLetsNobodyIn) {
  web_.say("/keys", 503, "");
  EXPECT_EQ(provider_.payload_of(token(rsa_key(), "RS256")).error().kind, ErrorKind::Unavailable);
  web_.be_away("/keys");
  EXPECT_EQ(provider_.payload_of(token(rsa_key(), "RS256")).error().kind, ErrorKind::Unavailable);
  EXPECT_EQ(web_.asked["/keys"], 1) << "it has failed a moment ago";
  clock_.advance(std::chrono::seconds(6));
  EXPECT_EQ(provider_.payload_of(token(rsa_key(), "RS256")).error().kind, ErrorKind::Unavailable);
  EXPECT_EQ(web_.asked["/keys"], 2);
  web_.say("/keys", 200, "{\"keys\":[]}");
  clock_.advance(std::chrono::seconds(6));
  EXPECT_EQ(provider_.payload_of(token(rsa_key(), "RS256")).error().kind, ErrorKind::Forbidden);
}

TEST_F(ProviderAsked, IsNotAskedForATokenThatCannotBeOne) {
  EXPECT_FALSE(provider_.payload_of("nonsense"));
  EXPECT_TRUE(web_.asked.empty());
}

}  // namespace
}  // namespace meno
