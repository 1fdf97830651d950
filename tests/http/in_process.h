// The whole application in this process, without sockets: requests in, replies out.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "core/json.h"
#include "http/application.h"
#include "schema_check.h"
#include "service/accounts/accounts.h"
#include "service/fake_model_test.h"
#include "service/fill_store.h"

namespace meno {

/// An open server that keeps accounts, with the student "ann" in the course "maths" and the school
/// "north" with the class "7a".
class InProcess : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-inside-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    Result<std::unique_ptr<Store>> store = open_store((folder_ / "store.db").string());
    ASSERT_TRUE(store) << store.error().message;
    store_ = *std::move(store);
    ASSERT_TRUE(fill_store(*store_, run_));
    const StoredStudent ann{.id = "ann", .display_name = "Ann"};
    ASSERT_TRUE(store_->students().enrol("maths", std::span(&ann, 1)));
    ASSERT_TRUE(store_->roster().add_school({"north", "North", "city", "City"}, {}));
    ASSERT_TRUE(store_->roster().add_to_class({"7a", "north", "7a", {"maths"}, {}, {"ann"}}, {}));
    services_ = std::make_unique<Services>(*store_, run_, model_, clock_);
    AccountsOptions options;
    options.password_cost = {.passes = 1, .bytes = 8192};
    accounts_ = std::make_unique<Accounts>(*store_, clock_, options);
    accounts_->keep_open();
    services_->accounts = accounts_.get();
    application_ = std::make_unique<Application>(*services_, StaticFiles(),
                                                 [](const std::function<void()>& work) { work(); });
  }

  void TearDown() override {
    application_.reset();
    accounts_.reset();
    services_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  HttpReply ask(HttpRequest request) {
    const auto promise = std::make_shared<std::promise<HttpReply>>();
    std::future<HttpReply> reply = promise->get_future();
    request.host = "localhost";
    request.address = "127.0.0.1";
    application_->handle(std::move(request),
                         [promise](HttpReply made) { promise->set_value(std::move(made)); });
    return reply.get();
  }

  HttpReply get(const std::string& target, const std::string& accept = "") {
    HttpRequest request;
    request.target = target;
    request.accept = accept;
    return ask(std::move(request));
  }

  static HttpRequest post_of(const std::string& target, const std::string& body,
                             const std::string& key = "") {
    HttpRequest request;
    request.method = Method::Post;
    request.target = target;
    request.content_type = "application/json";
    request.idempotency_key = key;
    request.body = body;
    return request;
  }

  HttpReply post(const std::string& target, const std::string& body, const std::string& key = "") {
    return ask(post_of(target, body, key));
  }

  /// The value of a field of the reply's header; "" when it has none.
  static std::string field(const HttpReply& reply, std::string_view name) {
    const auto found = std::find_if(reply.headers.begin(), reply.headers.end(),
                                    [name](const auto& each) { return each.first == name; });
    return found == reply.headers.end() ? "" : found->second;
  }

  /// The body's JSON, after it was held against `schema`.
  static Json checked(const HttpReply& reply, int status, const std::string& schema) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.content_type, status < 400 ? "application/json" : kProblem);
    const Result<Json> json = parse_json(reply.body, "a reply");
    if (!json) {
      ADD_FAILURE() << json.error().message;
      return {};
    }
    const std::optional<std::string> fault = schema_fault(*json, schema);
    EXPECT_FALSE(fault) << fault.value_or("") << " in " << reply.body;
    return *json;
  }

  std::filesystem::path folder_;
  meno::Run run_ = fake_run();
  FakeModel model_;
  FixedClock clock_{TimePoint(std::chrono::milliseconds(1'800'000'000'000))};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<Accounts> accounts_;
  std::unique_ptr<Application> application_;
};

}  // namespace meno
