// A real server on a real socket over a real store, and a student: what the tests of the API share.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "running_server.h"
#include "schema_check.h"
#include "service/fake_model_test.h"
#include "service/fill_store.h"
#include "teach/bank/bank.h"
#include "test_client.h"

namespace meno {

inline constexpr const char* kBank = MENO_SOURCE_DIR "/content/school-math";

/// The shipped bank as a course, and a course without texts.
inline StoredCourse bank_course(const ItemBank& bank) {
  StoredCourse course{.id = bank.course_id(),
                      .name = bank.course_name(),
                      .simulated = true,
                      .content = bank.json(),
                      .skills = {},
                      .items = {}};
  for (const BankSkill& skill : bank.skills()) {
    course.skills.push_back({.id = skill.id,
                             .name = skill.name,
                             .strand = bank.find_strand(skill.strand)->name,
                             .prerequisites = skill.prerequisites});
  }
  for (const BankItem& item : bank.items())
    course.items.push_back({.id = item.id, .title = item.title, .skills = item.skills});
  return course;
}

class Http : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-http-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    Result<std::unique_ptr<Store>> store = open_store((folder_ / "store.db").string());
    ASSERT_TRUE(store) << store.error().message;
    store_ = *std::move(store);
    ASSERT_TRUE(fill_store(*store_, run_));
    services_ = std::make_unique<Services>(*store_, run_, model_, clock_);
    options_.port = 0;
    options_.threads = 2;
    start();
    ASSERT_EQ(
        client_->post("/v1/courses/maths/students", R"({"id":"ann","display_name":"Ann"})").status,
        201);
  }

  void start() {
    Result<std::unique_ptr<HttpServer>> server = HttpServer::listen(options_);
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::make_unique<RunningServer>(*std::move(server), *services_, rate_);
    client_ = std::make_unique<TestClient>(server_->port());
  }

  void TearDown() override {
    client_.reset();
    server_.reset();
    services_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// The reply's JSON, after it was held against `schema`.
  static Json checked(const RawReply& reply, int status, const std::string& schema) {
    EXPECT_EQ(reply.status, status) << reply.body;
    const Result<Json> json = parse_json(reply.body, "a reply");
    if (!json) {
      ADD_FAILURE() << json.error().message;
      return {};
    }
    const std::optional<std::string> fault = schema_fault(*json, schema);
    EXPECT_FALSE(fault) << fault.value_or("") << " in " << reply.body;
    return *json;
  }

  static std::string answer(const std::string& event,
                            const std::string& rest = R"(,"item_id":"i1","correct":true)",
                            const std::string& course = "maths") {
    return fmt::format(R"({{"event_id":"{}","course_id":"{}","student_id":"ann"{}}})", event,
                       course, rest);
  }

  std::filesystem::path folder_;
  meno::Run run_ = fake_run();
  FakeModel model_;
  SystemClock clock_;
  ServerOptions options_;
  RateOptions rate_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<RunningServer> server_;
  std::unique_ptr<TestClient> client_;
};

}  // namespace meno
