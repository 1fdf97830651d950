// Whole sign-ins against a provider that is right, and then wrong in one thing at a time.
#include "service/openid/openid_sign_in.h"

#include <atomic>
#include <thread>

#include "service/openid/openid_sign_in_for_test.h"
#include "service/openid/provider_for_test.h"

namespace meno {
namespace {

TEST_F(OpenIdSignIn, AsksTheProviderWithStateNonceAndChallenge) {
  const BegunOpenId begun = begin(*openid_);
  EXPECT_EQ(begun.location.rfind("https://id.example/auth?response_type=code&client_id=meno&", 0),
            0U)
      << begun.location;
  EXPECT_NE(begun.location.find("redirect_uri=https%3A%2F%2Fschool.example%2Fv1"),
            std::string::npos);
  EXPECT_NE(begun.location.find("code_challenge_method=S256"), std::string::npos);
  ASSERT_EQ(said(finish(*openid_, back_from(begun))), "in as ann");
  const Digest digest = sha256(parameter(form_, "code_verifier"));
  EXPECT_EQ(parameter(begun.location, "code_challenge"),
            base64url({reinterpret_cast<const char*>(digest.data()), digest.size()}));
  EXPECT_EQ(form_.rfind("grant_type=authorization_code&code=code&", 0), 0U) << form_;
  EXPECT_EQ(form_.find("client_secret"), std::string::npos) << "it goes into the header";
  for (const char* name : {"state", "nonce", "code_challenge"})
    EXPECT_NE(parameter(begun.location, name), parameter(begin(*openid_).location, name)) << name;
  EXPECT_EQ(begun.cookie.find(parameter(begun.location, "state")), std::string::npos);
}

TEST_F(OpenIdSignIn, LinksAtFirstAndThenGoesByTheSubjectAlone) {
  EXPECT_EQ(sign_in(), "in as ann");
  EXPECT_EQ(noted(), "account_linked ann; login ann; ");
  EXPECT_EQ(sign_in_with("preferred_username", "renamed"), "in as ann");
  EXPECT_EQ(sign_in_with("preferred_username", "bo"), "in as ann");
  EXPECT_EQ(sign_in_with("sub", "s-other"), "no account") << "the name of somebody linked";
  EXPECT_EQ(store_->links().list()->size(), 1U);
  EXPECT_EQ(accounts_->sign_ins().accepted, 3U);
  EXPECT_EQ(accounts_->sign_ins().refused, 1U);
  ASSERT_TRUE(store_->links().remove_of("ann", {}));
  EXPECT_EQ(sign_in_with("sub", "s-other"), "in as ann") << "unlinked, the next one is linked";
}

TEST_F(OpenIdSignIn, GivesASessionThatOpensTheDoorAndEndsTheOneBefore) {
  const Outcome first = finish(*openid_, back_from(begin(*openid_)));
  const std::string token = std::get<SignedIn>(first).token;
  const auto who = accounts_->authenticate({Token::Kind::Session, token});
  ASSERT_TRUE(who) << who.error().message;
  EXPECT_EQ((*who)->id, "ann");
  FinishOpenId again = back_from(begin(*openid_));
  again.old_session = (*who)->token_hash;
  ASSERT_EQ(said(finish(*openid_, again)), "in as ann");
  EXPECT_FALSE(accounts_->authenticate({Token::Kind::Session, token}));
}

TEST_F(OpenIdSignIn, EndsTheSessionThatItWasBegunWith) {
  const Outcome first = finish(*openid_, back_from(begin(*openid_)));
  const std::string token = std::get<SignedIn>(first).token;
  std::promise<BegunOpenId> promise;
  openid_->begin({.address = "a", .old_session = hex(sha256(token))},
                 [&promise](auto outcome) { promise.set_value(std::get<BegunOpenId>(outcome)); });
  const BegunOpenId begun = promise.get_future().get();
  nonce_ = parameter(begun.location, "nonce");
  ASSERT_EQ(said(finish(*openid_, back_from(begun))), "in as ann");
  EXPECT_FALSE(*store_->accounts().find_session(hex(sha256(token))))
      << "the cookie of a session does not come with what another site has begun";
}

TEST_F(OpenIdSignIn, WithoutAnAccountIsRefusedInTheWordsForADisabledOne) {
  EXPECT_EQ(sign_in_with("preferred_username", "nobody"), "no account");
  const std::string unknown = why_;
  StoredAccount bo = **store_->accounts().find("bo");
  bo.disabled = true;
  ASSERT_TRUE(store_->accounts().update(bo, {}));
  EXPECT_EQ(sign_in_with("preferred_username", "bo"), "no account");
  EXPECT_EQ(why_, unknown);
  ASSERT_EQ(sign_in(), "in as ann");
  StoredAccount ann = **store_->accounts().find("ann");
  ann.disabled = true;
  ASSERT_TRUE(store_->accounts().update(ann, {}));
  EXPECT_EQ(sign_in(), "no account") << "a linked one, disabled since";
  EXPECT_EQ(why_, unknown);
}

TEST_F(OpenIdSignIn, AsksForTheNameWhereTheTokenHasNone) {
  claims_.erase("preferred_username");
  web_->say("/me", 200, R"({"sub":"s-ann","preferred_username":"ann"})");
  EXPECT_EQ(sign_in(), "in as ann");
  EXPECT_EQ(web_->last.bearer, "at");
  EXPECT_EQ(sign_in(), "in as ann");
  EXPECT_EQ(web_->asked["/me"], 1) << "only until they are linked";
}

TEST_F(OpenIdSignIn, TakesNoNameThatUserinfoTellsOfAnother) {
  claims_.erase("preferred_username");
  web_->say("/me", 200, R"({"sub":"s-bo","preferred_username":"ann"})");
  EXPECT_EQ(sign_in(), "untrusted");
  web_->say("/me", 200, R"({"sub":"s-ann"})");
  EXPECT_EQ(sign_in(), "no account");
  web_->say("/me", 401, "");
  EXPECT_EQ(sign_in(), "away");
  EXPECT_TRUE(store_->links().list()->empty());
}

TEST_F(OpenIdSignIn, ThatIsNotThisBrowsersLastOneIsRefusedBeforeTheProviderIsAsked) {
  const BegunOpenId begun = begin(*openid_);
  const BegunOpenId other = begin(*openid_);
  FinishOpenId ask = back_from(begun);
  ask.cookie = other.cookie;
  EXPECT_EQ(said(finish(*openid_, ask)), "stale") << "a page made the browser come with its code";
  ask.cookie = "";
  EXPECT_EQ(said(finish(*openid_, ask)), "stale");
  ask = back_from(begun);
  ask.state = "";
  EXPECT_EQ(said(finish(*openid_, ask)), "stale");
  ask.state = back_from(begun).state + "x";
  EXPECT_EQ(said(finish(*openid_, ask)), "stale");
  ask = back_from(begun);
  ask.cookie[5] = ask.cookie[5] == 'A' ? 'B' : 'A';
  EXPECT_EQ(said(finish(*openid_, ask)), "stale");
  ask = back_from(begun);
  ask.code = "";
  EXPECT_EQ(said(finish(*openid_, ask)), "stale");
  EXPECT_EQ(web_->asked["/token"], 0);
}

TEST_F(OpenIdSignIn, IsFinishedOnce) {
  const FinishOpenId ask = back_from(begin(*openid_));
  EXPECT_EQ(said(finish(*openid_, ask)), "in as ann");
  EXPECT_EQ(said(finish(*openid_, ask)), "stale");
  EXPECT_EQ(web_->asked["/token"], 1);
}

TEST_F(OpenIdSignIn, IsOverAfterTenMinutes) {
  const FinishOpenId ask = back_from(begin(*openid_));
  clock_.advance(std::chrono::minutes(10));
  EXPECT_EQ(said(finish(*openid_, ask)), "stale");
  EXPECT_EQ(web_->asked["/token"], 0);
}

TEST_F(OpenIdSignIn, BegunAtOneServerIsFinishedAtAnotherWithTheSameSecret) {
  const BegunOpenId begun = begin(*openid_);
  const auto neighbour = make(options_of());
  EXPECT_EQ(said(finish(*neighbour, back_from(begun))), "in as ann");
  const auto stranger = make(options_of("another long client secret"));
  EXPECT_EQ(said(finish(*stranger, back_from(begin(*openid_)))), "stale");
  const auto one = make(options_of(""));
  const auto two = make(options_of(""));
  EXPECT_EQ(said(finish(*two, back_from(begin(*one)))), "stale") << "no secret, nothing shared";
}

TEST_F(OpenIdSignIn, SendsTheSecretWhereTheProviderTakesIt) {
  Json document = provider_document();
  document["token_endpoint_auth_methods_supported"] = {"client_secret_post"};
  web_->say("/.well-known/openid-configuration", 200, document.dump());
  ASSERT_EQ(sign_in(), "in as ann");
  EXPECT_NE(form_.find("&client_secret=a%20long%20client%20secret"), std::string::npos) << form_;
  openid_ = make(options_of());
  std::string user;
  std::string password;
  web_->answer("/token", [&](const WebRequest& request) {
    user = request.user;
    password = request.password;
    return tokens(request);
  });
  ASSERT_EQ(sign_in(), "in as ann");
  EXPECT_EQ(user + " " + password, "meno a%20long%20client%20secret");
  openid_ = make(options_of(""));
  ASSERT_EQ(sign_in(), "in as ann");
  EXPECT_NE(form_.find("&client_id=meno"), std::string::npos) << form_;
}

TEST_F(OpenIdSignIn, IsRefusedWhereTheTokenIsNotThisSignIns) {
  EXPECT_EQ(sign_in_with("nonce", "another"), "untrusted");
  EXPECT_EQ(sign_in_with("aud", "another"), "untrusted");
  EXPECT_EQ(sign_in_with("iss", "https://evil.example"), "untrusted");
  EXPECT_EQ(sign_in_with("exp", 1'700'000'000), "untrusted");
  EXPECT_EQ(sign_in_with("at_hash", "another"), "untrusted");
  EXPECT_TRUE(store_->links().list()->empty());
  web_->answer("/token", [](const WebRequest&) {
    return WebReply{200, R"({"id_token":"e30.e30.","token_type":"Bearer"})"};
  });
  EXPECT_EQ(sign_in(), "untrusted");
}

TEST_F(OpenIdSignIn, HoldsTheIssuerInTheAddressAgainstTheProviders) {
  FinishOpenId ask = back_from(begin(*openid_));
  ask.issuer = "https://evil.example";
  EXPECT_EQ(said(finish(*openid_, ask)), "untrusted");
  EXPECT_EQ(web_->asked["/token"], 0) << "the code is not for that provider";
  ask = back_from(begin(*openid_));
  ask.issuer = kIssuer;
  EXPECT_EQ(said(finish(*openid_, ask)), "in as ann");
  openid_ = make(options_of());
  Json document = provider_document();
  document["authorization_response_iss_parameter_supported"] = true;
  web_->say("/.well-known/openid-configuration", 200, document.dump());
  EXPECT_EQ(sign_in(), "untrusted") << "a provider that always names itself has not";
}

TEST_F(OpenIdSignIn, TellsWhyTheProviderSaidNo) {
  const auto told = [this](const char* word) {
    FinishOpenId ask = back_from(begin(*openid_));
    ask.code = "";
    ask.error = word;
    return said(finish(*openid_, ask));
  };
  EXPECT_EQ(told("access_denied"), "denied");
  EXPECT_EQ(told("login_required"), "denied");
  EXPECT_EQ(told("server_error"), "away");
  EXPECT_EQ(told("invalid_scope"), "away");
  EXPECT_NE(why_.find("(invalid_scope)"), std::string::npos);
  EXPECT_EQ(told("Ann Lee was here"), "away");
  EXPECT_EQ(why_.find("Ann"), std::string::npos) << why_;
}

TEST_F(OpenIdSignIn, SaysThatTheProviderIsAwayOrAnswersNonsense) {
  web_->be_away("/token");
  EXPECT_EQ(sign_in(), "away");
  for (const auto& [status, body] : {std::pair<int, const char*>{500, ""},
                                     {200, "<html>"},
                                     {200, "[]"},
                                     {200, "{}"},
                                     {200, R"({"id_token":7})"},
                                     {401, R"({"error":"invalid_client"})"},
                                     {302, ""},
                                     {400, R"({"error":"invalid_request"})"}}) {
    web_->say("/token", status, body);
    EXPECT_EQ(sign_in(), "away") << status << body;
  }
  web_->say("/token", 400, R"({"error":"invalid_grant"})");
  EXPECT_EQ(sign_in(), "stale");
  const auto fresh = make(options_of());
  web_->be_away("/.well-known/openid-configuration");
  std::promise<bool> refused;
  fresh->begin({.address = "a"}, [&refused](auto outcome) {
    const auto* refusal = std::get_if<OpenIdRefusal>(&outcome);
    refused.set_value(refusal != nullptr && refusal->trouble == OpenIdTrouble::Away);
  });
  EXPECT_TRUE(refused.get_future().get());
}

TEST_F(OpenIdSignIn, IsTurnedAwayFromAnAddressThatWasRefusedAHundredTimes) {
  FinishOpenId ask;
  ask.address = "10.0.0.1";
  for (int k = 0; k < 100; ++k) ASSERT_EQ(said(finish(*openid_, ask)), "stale") << k;
  EXPECT_EQ(said(finish(*openid_, ask)), "many");
  std::promise<bool> refused;
  openid_->begin({.address = "10.0.0.1"}, [&refused](auto outcome) {
    const auto* refusal = std::get_if<OpenIdRefusal>(&outcome);
    refused.set_value(refusal != nullptr && refusal->retry_after.count() > 0);
  });
  EXPECT_TRUE(refused.get_future().get());
  ask.address = "10.0.0.2";
  EXPECT_EQ(said(finish(*openid_, ask)), "stale");
  clock_.advance(std::chrono::minutes(6));
  EXPECT_EQ(sign_in(), "in as ann");
  EXPECT_EQ(accounts_->sign_ins().turned_away, 2U);
  EXPECT_EQ(accounts_->sign_ins().locked_out, 1U);
}

TEST_F(OpenIdSignIn, ThatHasWaitedLongForASlowProviderIsToldSo) {
  ASSERT_EQ(sign_in(), "in as ann");
  std::promise<void> slow;
  const std::shared_future<void> over = slow.get_future().share();
  std::atomic<int> waiting{0};
  web_->answer("/token", [&waiting, over](const WebRequest&) {
    ++waiting;
    over.wait();
    return WebReply{500, ""};
  });
  std::vector<std::promise<std::string>> outcomes(5);
  for (std::size_t k = 0; k < outcomes.size(); ++k) {
    openid_->finish(back_from(begin(*openid_)), [&outcomes, k](const Outcome& outcome) {
      outcomes[k].set_value(said(outcome));
    });
    while (k < 4 && waiting <= static_cast<int>(k)) std::this_thread::yield();
  }
  EXPECT_EQ(openid_->waiting(), 1U) << "four wait for the provider, one for them";
  clock_.advance(std::chrono::seconds(10));
  slow.set_value();
  std::string all;
  for (std::promise<std::string>& each : outcomes) all += each.get_future().get() + " ";
  EXPECT_EQ(all, "away away away away many ");
  EXPECT_EQ(accounts_->sign_ins().turned_away, 1U);
}

TEST_F(OpenIdSignIn, LeavesNeitherTokenNorNameInTheLog) {
  sign_in();
  claims_["sub"] = "s-another";
  sign_in_with("preferred_username", "somebody-unknown");
  const std::vector<AuditRow> rows = *store_->audit().since(0, 1000);
  for (const AuditRow& row : rows) {
    const std::string text = row.note.actor + row.note.target + row.note.detail;
    for (const char* secret : {"somebody", "s-an", "eyJ", "code"})
      EXPECT_EQ(text.find(secret), std::string::npos) << text;
  }
  EXPECT_EQ(noted(), "account_linked ann; login ann; login_failed no account; ");
}

}  // namespace
}  // namespace meno
