// The API from outside: a real server on a real socket over a real store. Every reply is held
// against its schema.
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "http/application.h"
#include "http/routes.h"
#include "http/schemas.h"
#include "http/server.h"
#include "schema_check.h"
#include "service/course_versions.h"
#include "service/fake_model_test.h"
#include "service/fill_store.h"
#include "teach/bank/bank.h"
#include "test_client.h"

namespace meno {
namespace {

constexpr const char* kBank = MENO_SOURCE_DIR "/content/school-math";

/// The shipped bank as a course, and a course without texts.
StoredCourse bank_course(const ItemBank& bank) {
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
    server_ = *std::move(server);
    services_->later = server_->io_executor();
    application_ =
        std::make_unique<Application>(*services_, StaticFiles(), server_->worker_executor());
    handler_ = [this](HttpRequest request, Respond respond) {
      application_->handle(std::move(request), std::move(respond));
    };
    thread_ = std::jthread([this] { server_->run(handler_, false); });
    client_ = std::make_unique<TestClient>(server_->port());
  }

  void stop() {
    if (server_) server_->stop();
    if (thread_.joinable()) thread_.join();
  }

  void TearDown() override {
    client_.reset();
    stop();
    server_.reset();
    application_.reset();
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
  std::unique_ptr<Store> store_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<Application> application_;
  HttpHandler handler_;
  std::jthread thread_;
  std::unique_ptr<TestClient> client_;
};

TEST_F(Http, EveryReadFitsItsSchema) {
  ASSERT_EQ(client_->post("/v1/answers", answer("e1")).status, 200);
  EXPECT_EQ(checked(client_->get("/v1/health"), 200, "Health").at("answers"), 1);
  checked(client_->get("/v1/models"), 200, "ModelList");
  EXPECT_EQ(
      checked(client_->get("/v1/courses"), 200, "CourseList").at("courses").at(0).at("students"),
      1);
  EXPECT_EQ(checked(client_->get("/v1/courses/maths/skills"), 200, "SkillList").at("skills").size(),
            2U);
  const Json items =
      checked(client_->get("/v1/courses/maths/items?skill=mul&limit=1&offset=1"), 200, "ItemList");
  EXPECT_EQ(items.at("total"), 2);
  EXPECT_EQ(items.at("items").at(0).at("id"), "i4");
  EXPECT_EQ(checked(client_->get("/v1/courses/maths/students"), 200, "StudentList")
                .at("students")
                .at(0)
                .at("answers"),
            1);
  EXPECT_EQ(checked(client_->get("/v1/students/ann/mastery?course_id=maths"), 200, "StudentMastery")
                .at("skills")
                .size(),
            2U);
  const Json next =
      checked(client_->get("/v1/students/ann/recommendations?course_id=maths&count=3"), 200,
              "RecommendationList");
  EXPECT_EQ(next.at("recommendations").size(), 3U);
  EXPECT_TRUE(next.at("recommendations").at(0).at("item").at("content").is_null());
  const Json reviews =
      checked(client_->get("/v1/students/ann/reviews?course_id=maths&days=5"), 200, "ReviewQueue");
  EXPECT_EQ(reviews.at("load").size(), 5U);
  EXPECT_EQ(reviews.at("reviews").size() + reviews.at("later").get<std::size_t>(), 1U)
      << "the skill that was answered";
  EXPECT_EQ(
      checked(client_->get("/v1/courses/maths/class"), 200, "ClassOverview").at("students").size(),
      1U);
  const Json model = checked(client_->get("/v1/courses/maths/model"), 200, "CourseModel");
  EXPECT_EQ(model.at("adapting"), "off") << "this server adapts nothing";
  EXPECT_EQ(model.at("version"), model.at("base_version"));
  EXPECT_EQ(next.at("model_version"), model.at("version"));
}

TEST_F(Http, TheModelOfACourseGoesBackOnlyFromWhatServes) {
  CourseVersions versions(*services_, folder_ / "runs");
  services_->versions = &versions;
  const auto version = checked(client_->get("/v1/courses/maths/model"), 200, "CourseModel")
                           .at("version")
                           .get<std::string>();
  for (const char* action : {"rollback", "resume"}) {
    const std::string path = fmt::format("/v1/courses/maths/model/{}", action);
    const std::string seen = fmt::format(R"({{"version":"{}"}})", version);
    checked(client_->post(path, seen), 409, "Error");
    checked(client_->post(path, R"({"version":"another"})"), 409, "Error");
    checked(client_->post(path, "{}"), 400, "Error");
    checked(client_->post(path, R"({"version":7})"), 400, "Error");
    checked(client_->post(fmt::format("/v1/courses/x/model/{}", action), seen), 404, "Error");
  }
  services_->versions = nullptr;
  checked(client_->post("/v1/courses/maths/model/rollback", R"({"version":"v"})"), 503, "Error");
}

TEST_F(Http, EveryDeclaredErrorComesAsOneSentence) {
  const auto kind = [](const RawReply& reply, int status) {
    return checked(reply, status, "Error").at("error").at("kind").get<std::string>();
  };
  for (const char* path :
       {"/v1/courses/x/skills", "/v1/courses/x/items", "/v1/courses/x/students",
        "/v1/courses/x/class", "/v1/courses/x/model", "/v1/students/ann/mastery?course_id=x",
        "/v1/students/x/mastery?course_id=maths", "/v1/students/ann/recommendations?course_id=x",
        "/v1/students/x/recommendations?course_id=maths", "/v1/courses/maths/items?skill=x",
        "/v1/students/x/reviews?course_id=maths", "/v1/students/ann/reviews?course_id=x",
        "/v1/nothing"}) {
    EXPECT_EQ(kind(client_->get(path), 404), "not_found") << path;
  }
  for (const char* path : {"/v1/students/ann/mastery", "/v1/courses?x=1", "/v1/courses/%ff/skills",
                           "/v1/students/ann/recommendations?course_id=maths&count=101",
                           "/v1/students/ann/reviews?course_id=maths&days=366"}) {
    EXPECT_EQ(kind(client_->get(path), 400), "invalid_input") << path;
  }
  EXPECT_EQ(kind(client_->post("/v1/courses/x/students", R"({"display_name":"A"})"), 404),
            "not_found");
  EXPECT_EQ(
      kind(client_->post("/v1/courses/maths/students", R"({"id":"ann","display_name":"Ann"})"),
           409),
      "conflict");
  EXPECT_EQ(kind(client_->post("/v1/courses/maths/students", "{}"), 400), "invalid_input");
  EXPECT_EQ(kind(client_->post("/v1/answers", "{}"), 400), "invalid_input");
  EXPECT_EQ(
      kind(client_->post("/v1/answers", answer("e", R"(,"item_id":"x","correct":true)")), 404),
      "not_found");
  EXPECT_EQ(
      kind(client_->post("/v1/answers", answer("e", R"(,"item_id":"i1","correct":true)", "x")),
           404),
      "not_found");
  EXPECT_EQ(
      kind(client_->post("/v1/answers", answer("e", R"(,"item_id":"i1","response":"3")")), 400),
      "invalid_input");
  ASSERT_EQ(client_->post("/v1/answers", answer("e")).status, 200);
  EXPECT_EQ(
      kind(client_->post("/v1/answers", answer("e", R"(,"item_id":"i2","correct":true)")), 409),
      "conflict");
  client_->send("DELETE /v1/answers HTTP/1.1\r\nHost: t\r\n\r\n");
  const RawReply method = client_->receive();
  EXPECT_EQ(kind(method, 405), "invalid_input");
  EXPECT_NE(method.header.find("Allow: POST"), std::string::npos);
  client_->send(
      "POST /v1/answers HTTP/1.1\r\nHost: t\r\nContent-Type: text/plain\r\nContent-Length: "
      "2\r\n\r\n{}");
  EXPECT_EQ(kind(client_->receive(), 415), "invalid_input");
}

TEST_F(Http, AnAnswerIsRecordedOnceAndSaysWhatIsNext) {
  const Json first = checked(client_->post("/v1/answers", answer("e1")), 200, "AnswerReply");
  EXPECT_TRUE(first.at("recorded").get<bool>());
  EXPECT_TRUE(first.at("next").is_object());
  const Json again = checked(client_->post("/v1/answers", answer("e1")), 200, "AnswerReply");
  EXPECT_FALSE(again.at("recorded").get<bool>());
  EXPECT_EQ(again.at("mastery"), first.at("mastery"));
  EXPECT_TRUE(checked(client_->post("/v1/answers?next=none", answer("e2")), 200, "AnswerReply")
                  .at("next")
                  .is_null());
  const Json brief =
      checked(client_->post("/v1/answers?next=brief", answer("e3")), 200, "AnswerReply");
  EXPECT_EQ(brief.at("next").at("reason").at("counterfactual").at("en"), "");
  EXPECT_EQ(client_->post("/v1/answers?next=some", answer("e4")).status, 400);
}

TEST_F(Http, AnExerciseIsShownWithoutItsAnswerAndGradedHere) {
  const Result<ItemBank> bank = load_bank(kBank);
  ASSERT_TRUE(bank) << bank.error().message;
  ASSERT_TRUE(store_->courses().add(bank_course(*bank)));
  const std::string course = bank->course_id();
  ASSERT_EQ(
      client_->post("/v1/courses/" + course + "/students", R"({"id":"ann","display_name":"Ann"})")
          .status,
      201);
  const Json reply =
      checked(client_->get("/v1/students/ann/recommendations?count=5&course_id=" + course), 200,
              "RecommendationList");
  int event = 0;
  for (const Json& recommendation : reply.at("recommendations")) {
    const Json& item = recommendation.at("item");
    const auto id = item.at("id").get<std::string>();
    const auto variant = item.at("variant").get<std::uint32_t>();
    const Result<AnswerKey> key = bank->answer_key(id, variant);
    ASSERT_TRUE(key);
    const Json body = {{"event_id", fmt::format("g{}", event++)},
                       {"course_id", course},
                       {"student_id", "ann"},
                       {"item_id", id},
                       {"variant", variant},
                       {"response", key->right}};
    const Json right = checked(client_->post("/v1/answers", body.dump()), 200, "AnswerReply");
    EXPECT_TRUE(right.at("correct").get<bool>()) << id;
    EXPECT_FALSE(right.at("feedback").at("explanation").at("zh-CN").get<std::string>().empty());
    if (key->wrong.empty()) continue;
    Json wrong_body = body;
    wrong_body["event_id"] = fmt::format("g{}", event++);
    wrong_body["response"] = key->wrong.front().response;
    const Json wrong = checked(client_->post("/v1/answers", wrong_body.dump()), 200, "AnswerReply");
    EXPECT_FALSE(wrong.at("correct").get<bool>()) << id;
    EXPECT_EQ(wrong.at("feedback").at("misconception").at("id"), key->wrong.front().misconception)
        << id;
  }
}

TEST_F(Http, PipelinedRequestsAreAnsweredInOrder) {
  std::string burst;
  for (int k = 0; k < 20; ++k) {
    const std::string body = answer(fmt::format("p{}", k));
    burst += fmt::format(
        "POST /v1/answers HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: "
        "{}\r\n\r\n{}",
        body.size(), body);
    burst += "GET /v1/health HTTP/1.1\r\nHost: t\r\n\r\n";
  }
  client_->send(burst);
  for (int k = 0; k < 20; ++k) {
    EXPECT_EQ(checked(client_->receive(), 200, "AnswerReply").at("event_id"),
              fmt::format("p{}", k));
    EXPECT_EQ(checked(client_->receive(), 200, "Health").at("answers"), k + 1);
  }
}

TEST_F(Http, MalformedRequestsAreRefusedAndTheConnectionEnds) {
  const std::string kMalformed[] = {
      "GARBAGE\r\n\r\n",
      "GET /v1/health HTTP/9.9\r\nHost: t\r\n\r\n",
      "GET  /v1/health HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET /v1/health HTTP/1.1\r\nbad header\r\n\r\n",
      "POST /v1/answers HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n",
      "POST /v1/answers HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      "POST /v1/answers HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nTransfer-Encoding: "
      "chunked\r\n\r\n{}",
      "POST /v1/answers HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  };
  for (const std::string& bytes : kMalformed) {
    TestClient client(server_->port());
    client.send(bytes);
    EXPECT_EQ(checked(client.receive(), 400, "Error").at("error").at("kind"), "invalid_input")
        << bytes;
    EXPECT_TRUE(client.closed());
  }
  TestClient nameless(server_->port());
  nameless.send("GET /v1/health HTTP/1.1\r\n\r\n");
  EXPECT_EQ(nameless.receive().status, 400);
}

TEST_F(Http, LimitsHaveStatusesOfTheirOwn) {
  TestClient header(server_->port());
  header.send("GET /v1/health HTTP/1.1\r\nHost: t\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n");
  checked(header.receive(), 431, "Error");
  TestClient body(server_->port());
  body.send(
      "POST /v1/answers HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: "
      "2000000\r\n\r\n" +
      std::string(2'000'000, ' '));
  checked(body.receive(), 413, "Error");
  TestClient chunked(server_->port());
  std::string chunks =
      "POST /v1/answers HTTP/1.1\r\nHost: t\r\nContent-Type: "
      "application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int k = 0; k < 20; ++k) chunks += "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  chunked.send(chunks);
  checked(chunked.receive(), 413, "Error");
}

TEST_F(Http, SlowClientsAreNotWaitedForForever) {
  client_.reset();
  stop();
  options_.header_time = std::chrono::milliseconds(200);
  options_.idle_time = std::chrono::milliseconds(200);
  start();
  TestClient slow(server_->port());
  slow.send("GET /v1/health HT");
  EXPECT_EQ(slow.receive().status, 0);
  TestClient idle(server_->port());
  EXPECT_TRUE(idle.closed());
}

TEST_F(Http, HeadHasNoBodyAndExpectIsAnswered) {
  client_->send("HEAD /v1/health HTTP/1.1\r\nHost: t\r\n\r\n");
  const RawReply head = client_->receive(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header.find("Content-Length: 0\r\n"), std::string::npos) << head.header;
  EXPECT_EQ(client_->get("/v1/health").status, 200);
  const std::string body = answer("x1");
  client_->send(
      fmt::format("POST /v1/answers HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Type: "
                  "application/json\r\nContent-Length: {}\r\n\r\n",
                  body.size()));
  EXPECT_EQ(client_->receive().status, 100);
  client_->send(body);
  EXPECT_EQ(client_->receive().status, 200);
}

TEST_F(Http, AShutdownFinishesWhatIsUnderWay) {
  constexpr int kClients = 16;
  std::atomic<int> answered = 0;
  {
    std::vector<std::jthread> threads;
    for (int c = 0; c < kClients; ++c) {
      threads.emplace_back([&, c] {
        TestClient client(server_->port());
        for (int k = 0;; ++k) {
          const RawReply reply =
              client.post("/v1/answers?next=none", answer(fmt::format("d{}-{}", c, k)));
          if (reply.status != 200) return;
          ++answered;
        }
      });
    }
    while (answered < 200) std::this_thread::yield();
    server_->stop();
  }
  stop();
  services_.reset();
  store_.reset();
  Result<std::unique_ptr<Store>> again = open_store((folder_ / "store.db").string());
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->answers().count(), static_cast<std::uint64_t>(answered.load()));
}

TEST_F(Http, TheDescriptionHasEveryRouteAndOnlySchemasThatThereAre) {
  const Json document = checked(client_->get("/openapi.json"), 200, "OpenApi");
  std::size_t operations = 0;
  for (const auto& [path, methods] : document.at("paths").items()) operations += methods.size();
  std::size_t routes = 0;
  for (const std::span<const Route> table : all_routes()) routes += table.size();
  EXPECT_EQ(operations, routes);
  const std::string text = document.dump();
  constexpr std::string_view kReference = "#/components/schemas/";
  for (std::size_t at = text.find(kReference); at != std::string::npos;
       at = text.find(kReference, at + 1)) {
    const std::size_t begin = at + kReference.size();
    EXPECT_TRUE(document.at("components")
                    .at("schemas")
                    .contains(text.substr(begin, text.find('"', begin) - begin)));
  }
}

TEST(SchemaCheck, FindsWhatDoesNotFit) {
  const Json fine = {{"id", "a"}, {"display_name", "A"}, {"simulated", false}, {"answers", 3}};
  EXPECT_FALSE(schema_fault(fine, "Student"));
  for (const char* name : {"id", "simulated", "answers"}) {
    Json broken = fine;
    broken.erase(name);
    EXPECT_TRUE(schema_fault(broken, "Student")) << name;
  }
  Json more = fine;
  more["extra"] = 1;
  EXPECT_TRUE(schema_fault(more, "Student"));
  Json negative = fine;
  negative["answers"] = -1;
  EXPECT_TRUE(schema_fault(negative, "Student"));
  Json typed = fine;
  typed["answers"] = "3";
  EXPECT_TRUE(schema_fault(typed, "Student"));
}

}  // namespace
}  // namespace meno
