// For tests: a server with two accounts, and a provider that says what a test wants it to.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <future>
#include <variant>

#include "service/openid/openid_sign_in.h"
#include "service/openid/provider_for_test.h"

namespace meno {

/// A server with Ann and Bo; the provider calls Ann "s-ann".
class OpenIdSignIn : public testing::Test {
 protected:
  static constexpr PasswordCost kCheap = {.passes = 1, .bytes = 8192};

  static OpenIdOptions options_of(const std::string& secret = "a long client secret") {
    OpenIdOptions options;
    options.issuer = kIssuer;
    options.client_id = "meno";
    options.client_secret = secret;
    options.redirect_uri = "https://school.example/v1/session/oidc/callback";
    options.name = "City account";
    return options;
  }

  using Outcome = std::variant<SignedIn, OpenIdRefusal>;

  /// "in as ann", or what was the trouble.
  static std::string said(const Outcome& outcome) {
    if (const auto* in = std::get_if<SignedIn>(&outcome)) return "in as " + in->who.id;
    constexpr const char* kNames[] = {"stale", "denied", "no account", "untrusted", "away", "many"};
    return kNames[static_cast<std::size_t>(std::get<OpenIdRefusal>(outcome).trouble)];
  }

  static std::string parameter(const std::string& address, const std::string& name) {
    const std::size_t at = address.find(name + "=") + name.size() + 1;
    return address.substr(at, address.find('&', at) - at);
  }

  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-openid-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    Result<std::unique_ptr<Store>> store = open_store((folder_ / "store.db").string());
    ASSERT_TRUE(store) << store.error().message;
    store_ = *std::move(store);
    for (const char* id : {"ann", "bo"}) {
      ASSERT_TRUE(store_->accounts().add(
          {.id = id, .role = Role::PlatformAdmin, .display_name = id, .password_hash = "h"},
          {.action = "account_added"}));
    }
    accounts_ = std::make_unique<Accounts>(*store_, clock_);
    openid_ = make(options_of());
    claims_ = {{"iss", kIssuer}, {"aud", "meno"}, {"sub", "s-ann"}, {"preferred_username", "ann"}};
  }

  void TearDown() override {
    openid_.reset();
    accounts_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::unique_ptr<OpenIdConnect> make(const OpenIdOptions& options) {
    auto web = std::make_unique<FakeWeb>();
    web_ = web.get();
    web_->answer("/token", [this](const WebRequest& request) { return tokens(request); });
    const Result<Digest> key = pending_key(options, kCheap);
    EXPECT_TRUE(key);
    return std::make_unique<OpenIdConnect>(*accounts_, options, *key, std::move(web));
  }

  /// What the provider gives for a code: `claims_`, with what they lack filled in.
  Result<WebReply> tokens(const WebRequest& request) {
    form_ = request.form.value_or("");
    Json claims = claims_;
    const std::int64_t now = clock_.now().time_since_epoch().count() / 1000;
    const Json rest = {{"nonce", nonce_}, {"iat", now}, {"exp", now + 600}};
    for (const auto& [name, value] : rest.items()) {
      if (!claims.contains(name)) claims[name] = value;
    }
    return WebReply{200, Json{{"id_token", rsa_key().sign("RS256", claims.dump())},
                              {"access_token", "at"},
                              {"token_type", "Bearer"}}
                             .dump()};
  }

  /// Begins, as a browser would; notes the nonce, as a provider would.
  BegunOpenId begin(OpenIdConnect& openid) {
    std::promise<std::variant<BegunOpenId, OpenIdRefusal>> promise;
    openid.begin({.address = "10.0.0.1"},
                 [&promise](auto outcome) { promise.set_value(std::move(outcome)); });
    const auto outcome = promise.get_future().get();
    const auto* begun = std::get_if<BegunOpenId>(&outcome);
    EXPECT_NE(begun, nullptr) << std::get<OpenIdRefusal>(outcome).error.message;
    if (begun == nullptr) return {};
    nonce_ = parameter(begun->location, "nonce");
    return *begun;
  }

  static FinishOpenId back_from(const BegunOpenId& begun) {
    return {.code = "code",
            .state = parameter(begun.location, "state"),
            .cookie = begun.cookie,
            .address = "10.0.0.1",
            .request_id = "r"};
  }

  Outcome finish(OpenIdConnect& openid, FinishOpenId ask) {
    std::promise<Outcome> promise;
    openid.finish(std::move(ask),
                  [&promise](Outcome outcome) { promise.set_value(std::move(outcome)); });
    Outcome outcome = promise.get_future().get();
    if (const auto* refusal = std::get_if<OpenIdRefusal>(&outcome)) why_ = refusal->error.message;
    return outcome;
  }

  std::string sign_in() { return said(finish(*openid_, back_from(begin(*openid_)))); }

  /// The same with the claim as `value`; without it for null.
  std::string sign_in_with(const char* claim, const Json& value) {
    const Json before = claims_;
    claims_[claim] = value;
    std::string outcome = sign_in();
    claims_ = before;
    return outcome;
  }

  std::string noted() {
    std::string found;
    const std::vector<AuditRow> rows = *store_->audit().since(0, 1000);
    for (const AuditRow& row : rows) {
      if (row.note.action != "account_added")
        found += fmt::format("{} {}; ", row.note.action, row.note.target);
    }
    return found;
  }

  std::filesystem::path folder_;
  FixedClock clock_{TimePoint(std::chrono::seconds(1'800'000'000))};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Accounts> accounts_;
  FakeWeb* web_ = nullptr;
  std::unique_ptr<OpenIdConnect> openid_;
  Json claims_;
  std::string nonce_;
  std::string form_;
  std::string why_;
};

}  // namespace meno
