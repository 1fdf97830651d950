// An identity provider for tests: keys that sign, and a network in which only it answers.
#pragma once

#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <cjose/cjose.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "core/secrets.h"
#include "service/openid/web.h"

namespace meno {

/// A key with its private half.
class SigningKey {
 public:
  static SigningKey rsa(const std::string& kid, std::size_t bits = 2048) {
    const std::array<std::uint8_t, 3> exponent = {1, 0, 1};
    cjose_err fault{};
    return {kid, cjose_jwk_create_RSA_random(bits, exponent.data(), exponent.size(), &fault)};
  }
  static SigningKey ec(const std::string& kid, cjose_jwk_ec_curve curve = CJOSE_JWK_EC_P_256) {
    cjose_err fault{};
    return {kid, cjose_jwk_create_EC_random(curve, &fault)};
  }
  static SigningKey secret(const std::string& kid, const std::string& bytes) {
    cjose_err fault{};
    return {kid, cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                           bytes.size(), &fault)};
  }

  /// The public half as a JWK, with `more` members.
  Json jwk(const Json& more = Json::object()) const {
    cjose_err fault{};
    char* const text = cjose_jwk_to_json(key_.get(), false, &fault);
    Json json = Json::parse(text);
    std::free(text);
    json.update(more);
    return json;
  }

  std::string sign(const std::string& algorithm, const std::string& claims,
                   const std::string& more = "") const {
    cjose_err fault{};
    cjose_header_t* const header = cjose_header_new(&fault);
    cjose_header_set(header, CJOSE_HDR_ALG, algorithm.c_str(), &fault);
    if (more != "no kid") cjose_header_set(header, CJOSE_HDR_KID, kid_.c_str(), &fault);
    if (more == "crit") cjose_header_set_raw(header, "crit", "[\"exp\"]", &fault);
    cjose_jws_t* const jws =
        cjose_jws_sign(key_.get(), header, reinterpret_cast<const std::uint8_t*>(claims.data()),
                       claims.size(), &fault);
    EXPECT_NE(jws, nullptr) << algorithm << ": " << fault.message;
    const char* text = nullptr;
    cjose_jws_export(jws, &text, &fault);
    std::string token = text;
    cjose_jws_release(jws);
    cjose_header_release(header);
    return token;
  }

 private:
  SigningKey(std::string kid, cjose_jwk_t* key)
      : kid_(std::move(kid)), key_(key, [](cjose_jwk_t* each) { cjose_jwk_release(each); }) {
    cjose_err fault{};
    cjose_jwk_set_kid(key, kid_.data(), kid_.size(), &fault);
  }

  std::string kid_;
  std::shared_ptr<cjose_jwk_t> key_;
};

inline std::string key_set(const std::vector<Json>& keys) { return Json{{"keys", keys}}.dump(); }

/// Made once: that takes a while.
inline const SigningKey& rsa_key() {
  static const SigningKey key = SigningKey::rsa("r");
  return key;
}
inline const SigningKey& other_rsa_key() {
  static const SigningKey key = SigningKey::rsa("r");
  return key;
}
inline const SigningKey& ec_key() {
  static const SigningKey key = SigningKey::ec("e");
  return key;
}

inline constexpr const char* kIssuer = "https://id.example";

inline Json provider_document() {
  return {{"issuer", kIssuer},
          {"authorization_endpoint", "https://id.example/auth"},
          {"token_endpoint", "https://id.example/token"},
          {"jwks_uri", "https://id.example/keys"},
          {"userinfo_endpoint", "https://id.example/me"},
          {"code_challenge_methods_supported", {"S256"}}};
}

/// A network of that provider alone. fetch() may be called by several at once.
class FakeWeb final : public Web {
 public:
  using Answer = std::function<Result<WebReply>(const WebRequest&)>;

  FakeWeb() {
    say("/.well-known/openid-configuration", 200, provider_document().dump());
    say("/keys", 200, key_set({rsa_key().jwk(), ec_key().jwk()}));
  }

  void say(const std::string& path, int status, const std::string& body) {
    answers_[path] = [status, body](const WebRequest&) { return WebReply{status, body}; };
  }
  void answer(const std::string& path, Answer answer) { answers_[path] = std::move(answer); }
  void be_away(const std::string& path) {
    answers_[path] = [](const WebRequest& request) -> Result<WebReply> {
      return unavailable(request.url + " cannot be reached (test), expected a reply");
    };
  }

  Result<WebReply> fetch(const WebRequest& request) override {
    const std::string path = request.url.substr(std::string(kIssuer).size());
    Answer answer = [](const WebRequest&) { return WebReply{404, "{}"}; };
    {
      const std::lock_guard lock(mutex_);
      ++asked[path];
      last = request;
      if (const auto found = answers_.find(path); found != answers_.end()) answer = found->second;
    }
    return answer(request);
  }
  void stop() override {}

  std::map<std::string, int> asked;
  WebRequest last;

 private:
  std::mutex mutex_;
  std::map<std::string, Answer> answers_;
};

}  // namespace meno
