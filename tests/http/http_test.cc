// The API from outside: a real server on a real socket over a real store. Every reply is held
// against its schema.
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "http/routes.h"
#include "http/schemas.h"
#include "http_fixture.h"
#include "service/course_versions.h"

namespace meno {
namespace {

TEST_F(Http, EveryReadFitsItsSchema) {
  ASSERT_EQ(client_->post("/v1/answers", answer("e1")).status, 200);
  EXPECT_EQ(checked(client_->get("/v1/health"), 200, "Health").at("answers"), 1);
  checked(client_->get("/v1/models"), 200, "ModelList");
  EXPECT_EQ(
      checked(client_->get("/v1/courses"), 200, "CourseList").at("courses").at(0).at("students"),
      1);
  EXPECT_EQ(checked(client_->get("/v1/courses/maths/skills"), 200, "SkillList").at("skills").size(),
            2U);
  EXPECT_EQ(checked(client_->get("/v1/courses/maths/items?skill=mul"), 200, "ItemList")
                .at("items")
                .size(),
            2U);
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
  checked(client_->get("/v1/students/ann/preferences?course_id=maths"), 200, "Preferences");
  checked(client_->get("/v1/courses/maths/rules?student_id=ann"), 200, "TeachingRulesReply");
  checked(client_->get("/v1/courses/maths/resources"), 200, "CourseResourcesReply");
  const Json said = checked(
      client_->post(
          "/v1/feedback",
          R"({"event_id":"f1","course_id":"maths","student_id":"ann","item_id":"i1","kind":"too_hard"})"),
      200, "RecommendationFeedbackReply");
  EXPECT_EQ(said.at("target"), 0.83);
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
    return checked(reply, status, "Error").at("code").get<std::string>();
  };
  for (const char* path :
       {"/v1/courses/x/skills", "/v1/courses/x/items", "/v1/courses/x/students",
        "/v1/courses/x/class", "/v1/courses/x/model", "/v1/students/ann/mastery?course_id=x",
        "/v1/students/x/mastery?course_id=maths", "/v1/students/ann/recommendations?course_id=x",
        "/v1/students/x/recommendations?course_id=maths", "/v1/courses/maths/items?skill=x",
        "/v1/courses/x/resources", "/v1/courses/x/rules", "/v1/courses/maths/rules?student_id=x",
        "/v1/students/x/preferences?course_id=maths", "/v1/students/x/reviews?course_id=maths",
        "/v1/students/ann/reviews?course_id=x", "/v1/nothing"}) {
    EXPECT_EQ(kind(client_->get(path), 404), "not_found") << path;
  }
  for (const char* path :
       {"/v1/students/ann/mastery", "/v1/courses?x=1", "/v1/courses/%ff/skills",
        "/v1/students/ann/recommendations?course_id=maths&count=101",
        "/v1/students/ann/recommendations?course_id=maths&target=49",
        "/v1/students/ann/preferences", "/v1/students/ann/reviews?course_id=maths&days=366"}) {
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
  EXPECT_EQ(kind(client_->post("/v1/feedback", "{}"), 400), "invalid_input");
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
  client_->send("DELETE /v1/answers HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const RawReply method = client_->receive();
  EXPECT_EQ(kind(method, 405), "invalid_input");
  EXPECT_NE(method.header.find("Allow: POST"), std::string::npos);
  client_->send(
      "POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
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

TEST_F(Http, ABatchRecordsWhatItCanAndNamesTheRest) {
  const auto post = [&](const std::string& lines) {
    client_->send(
        fmt::format("POST /v1/courses/maths/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    "application/x-ndjson\r\nContent-Length: {}\r\n\r\n{}",
                    lines.size(), lines));
    return client_->receive();
  };
  const auto answers = [&] {
    const Json mastery =
        checked(client_->get("/v1/students/ann/mastery?course_id=maths"), 200, "StudentMastery");
    std::uint64_t count = 0;
    for (const Json& skill : mastery.at("skills"))
      count += skill.at("answers").get<std::uint64_t>();
    return count;
  };
  ASSERT_EQ(client_->post("/v1/answers", answer("e1")).status, 200);
  const std::uint64_t before = answers();
  const Json reply =
      checked(post(answer("e1") + "\n" + answer("e2") + "\r\n\n{\"event_id\":7}\n" +
                   answer("e3", R"(,"item_id":"none","correct":true)") + "\n" +
                   answer("e4", R"(,"item_id":"i1","correct":true)", "art") + "\n" + answer("e5")),
              200, "BatchReply");
  EXPECT_EQ(reply.at("recorded"), 2);
  EXPECT_EQ(reply.at("repeated"), 1);
  std::vector<int> lines;
  for (const Json& refused : reply.at("refused")) lines.push_back(refused.at("line").get<int>());
  EXPECT_EQ(lines, (std::vector{4, 5, 6}));
  EXPECT_EQ(reply.at("refused")[1].at("kind"), "not_found");
  EXPECT_EQ(answers(), before + 2) << "a student who is being served knows of them";
  EXPECT_EQ(post("").status, 400);
  EXPECT_EQ(post(std::string(20'000, '\n')).status, 400) << "no answer";
  std::string many;
  for (int k = 0; k < 10'001; ++k) many += "{}\n";
  EXPECT_EQ(post(many).status, 400);
  EXPECT_EQ(client_->post("/v1/courses/maths/answers", answer("e6")).status, 415);
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

TEST_F(Http, HeadHasNoBodyAndExpectIsAnswered) {
  client_->send("HEAD /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const RawReply head = client_->receive(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header.find("Content-Length: 0\r\n"), std::string::npos) << head.header;
  EXPECT_EQ(client_->get("/v1/health").status, 200);
  const std::string body = answer("x1");
  client_->send(fmt::format(
      "POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type: "
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
  server_.reset();
  services_.reset();
  store_.reset();
  Result<std::unique_ptr<Store>> again = open_store((folder_ / "store.db").string());
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->answers().count(), static_cast<std::uint64_t>(answered.load()));
}

TEST_F(Http, SaysWhetherItIsReadyAndTellsItsFigures) {
  checked(client_->get("/healthz"), 200, "ServerState");
  checked(client_->get("/readyz"), 200, "ServerState");
  const RawReply page = client_->get("/metrics");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.header.find("Content-Type: text/plain; version=0.0.4"), std::string::npos);
  EXPECT_NE(page.body.find("route=\"/readyz\",status=\"200\"} 1\n"), std::string::npos)
      << page.body;
  std::filesystem::rename(folder_ / "store.db", folder_ / "elsewhere.db");
  checked(client_->get("/readyz"), 503, "Error");
  std::filesystem::rename(folder_ / "elsewhere.db", folder_ / "store.db");
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
