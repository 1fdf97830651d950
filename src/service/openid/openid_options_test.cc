#include "service/openid/openid_options.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/json.h"
#include "service/openid/web_address.h"

namespace meno {
namespace {

Json right() {
  return {{"issuer", "https://id.example/realm"},
          {"client_id", "meno"},
          {"redirect_uri", "https://school.example/v1/session/oidc/callback"},
          {"name", "City account"}};
}

Result<OpenIdOptions> parsed(const Json& document) {
  return parse_openid_options(document.dump(), "/nowhere", "oidc.json");
}

TEST(OpenIdOptions, HaveDefaultsForWhatIsLeftOut) {
  const Result<OpenIdOptions> options = parsed(right());
  ASSERT_TRUE(options) << options.error().message;
  EXPECT_EQ(options->account_claim, "preferred_username");
  EXPECT_EQ(options->scopes, "openid profile");
  EXPECT_EQ(options->client_secret, "");
  EXPECT_FALSE(options->is_local());
  Json mail = right();
  mail["account_claim"] = "email";
  EXPECT_EQ(parsed(mail)->scopes, "openid email");
  mail["scopes"] = {"openid", "email", "groups"};
  EXPECT_EQ(parsed(mail)->scopes, "openid email groups");
}

TEST(OpenIdOptions, OfABadFileAreRefusedNamingTheFieldWhatItIsAndWhatWasExpected) {
  struct Case {
    const char* field;
    Json value;  // null: without it
  };
  const std::vector<Case> cases = {
      {"issuer", nullptr},
      {"issuer", 7},
      {"issuer", ""},
      {"issuer", "id.example"},
      {"issuer", "http://id.example"},
      {"issuer", "http://127.evil.example"},
      {"issuer", "ftp://id.example"},
      {"issuer", "https://user@id.example"},
      {"issuer", "https://id.example?x=1"},
      {"issuer", "https://id.example#x"},
      {"issuer", "https://id.example/a b"},
      {"client_id", nullptr},
      {"client_id", ""},
      {"client_id", Json::array()},
      {"redirect_uri", nullptr},
      {"redirect_uri", "https://school.example/"},
      {"redirect_uri", "https://school.example/v1/session/oidc/callback/"},
      {"redirect_uri", "https://school.example/v1/session/oidc/callback?x=1"},
      {"redirect_uri", "http://school.example/v1/session/oidc/callback"},
      {"redirect_uri", "https://school.example/x/v1/session/oidc/callback"},
      {"name", nullptr},
      {"name", std::string(61, 'x')},
      {"name", "a\nb"},
      {"account_claim", ""},
      {"account_claim", 7},
      {"scopes", "openid"},
      {"scopes", {"profile"}},
      {"scopes", {"openid", "two words"}},
      {"scopes", {"openid", 7}},
      {"client_secret_file", "not-there"},
      {"client_secret_file", 7},
      {"client_secret", "in the file itself"},
      {"nonsense", 1},
  };
  for (const Case& each : cases) {
    Json document = right();
    document.erase(each.field);
    if (!each.value.is_null()) document[each.field] = each.value;
    const Result<OpenIdOptions> options = parsed(document);
    ASSERT_FALSE(options) << each.field << " " << each.value;
    EXPECT_EQ(options.error().kind, ErrorKind::InvalidInput);
    const std::string& message = options.error().message;
    EXPECT_EQ(message.find("oidc.json: \"" + std::string(each.field) + "\" is "), 0U) << message;
    EXPECT_NE(message.find(", expected "), std::string::npos) << message;
  }
  EXPECT_FALSE(parse_openid_options("[]", "", "oidc.json"));
  EXPECT_FALSE(parse_openid_options("{", "", "oidc.json"));
  EXPECT_EQ(load_openid_options("/nowhere/oidc.json").error().kind, ErrorKind::NotFound);
}

TEST(OpenIdOptions, OfAProviderOnThisMachineNeedNoTls) {
  for (const char* issuer : {"http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:1"}) {
    Json document = right();
    document["issuer"] = issuer;
    document["redirect_uri"] = "http://localhost:8080/v1/session/oidc/callback";
    const Result<OpenIdOptions> options = parsed(document);
    ASSERT_TRUE(options) << options.error().message;
    EXPECT_TRUE(options->is_local());
  }
}

TEST(OpenIdOptions, ReadTheSecretFromTheFirstLineOfItsFileBesideThem) {
  std::string pattern = (std::filesystem::temp_directory_path() / "meno-oidc-XXXXXX").string();
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  const std::filesystem::path folder = pattern;
  Json document = right();
  document["client_secret_file"] = "secret";
  std::ofstream(folder / "oidc.json") << document.dump();
  std::ofstream(folder / "secret") << "s3cret\n";
  const Result<OpenIdOptions> options = load_openid_options(folder / "oidc.json");
  ASSERT_TRUE(options) << options.error().message;
  EXPECT_EQ(options->client_secret, "s3cret");
  std::ofstream(folder / "secret") << "\n";
  EXPECT_FALSE(load_openid_options(folder / "oidc.json"));
  std::filesystem::remove_all(folder);
}

TEST(WebAddress, IsTakenApart) {
  const std::optional<WebAddress> address = parse_web_address("https://a.example:81/b?c=d");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->scheme, "https");
  EXPECT_EQ(address->host, "a.example");
  EXPECT_EQ(address->rest, ":81/b?c=d");
  for (const char* bad : {"", "https://", "https://:80", "https://a:b", "https://a:123456",
                          "https://a b/", "https://a/\n", "https://a@b/", "https://[::2]/",
                          "https://[::1", "HTTPS://a/", "//a/", "https:/a", "file:///etc/passwd"})
    EXPECT_FALSE(parse_web_address(bad)) << bad;
}

TEST(WebAddress, OfThisMachineIsNotOneThatMerelyLooksSo) {
  for (const char* here : {"http://127.0.0.1/", "http://127.1.2.3:80", "http://localhost"})
    EXPECT_TRUE(is_safe_address(here, true)) << here;
  for (const char* there : {"http://127.0.0.1.evil.example/", "http://localhost.evil.example",
                            "http://evil.example/127.0.0.1", "http://127.0.0.1@evil.example/"})
    EXPECT_FALSE(is_safe_address(there, true)) << there;
  EXPECT_FALSE(is_safe_address("http://127.0.0.1/", false));
}

TEST(FormOf, EncodesWhateverCouldEndAValue) {
  const std::pair<std::string_view, std::string_view> fields[] = {{"a", "x y&z=1+%"}, {"b", "ü~"}};
  EXPECT_EQ(form_of(fields), "a=x%20y%26z%3D1%2B%25&b=%C3%BC~");
}

}  // namespace
}  // namespace meno
