// The live class view from outside: what a listener is told, and when the server lets one go.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "http_fixture.h"

namespace meno {
namespace {

class Events : public Http {
 protected:
  std::unique_ptr<TestClient> listen(const std::string& fields = "") {
    auto listener = std::make_unique<TestClient>(server_->port());
    listener->send("GET /v1/courses/maths/events HTTP/1.1\r\nHost: localhost\r\n" + fields +
                   "\r\n");
    const RawReply reply = listener->receive();
    EXPECT_EQ(reply.status, 200);
    EXPECT_NE(reply.header.find("Content-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_NE(reply.header.find("Cache-Control: no-store\r\n"), std::string::npos);
    EXPECT_EQ(listener->until("id: "), "retry: 1000\nid: ");
    first_id_ = listener->until("\n\n");
    first_id_.resize(first_id_.size() - 2);
    return listener;
  }

  /// The data of the next event, which fits its schema; its id is then in `id_`.
  Json next(TestClient& listener) {
    listener.until("id: ");
    id_ = listener.until("\n");
    id_.pop_back();
    listener.until("data: ");
    const std::string data = listener.until("\n\n");
    const Result<Json> json = parse_json(data, "an event");
    if (!json) {
      ADD_FAILURE() << json.error().message;
      return Json::object();
    }
    const std::optional<std::string> fault = schema_fault(*json, "ClassEvent");
    EXPECT_FALSE(fault) << fault.value_or("") << " in " << data;
    return *json;
  }

  std::string first_id_;
  std::string id_;
};

TEST_F(Events, AnAnswerIsToldToAllWhoListen) {
  const auto one = listen();
  const auto other = listen();
  ASSERT_EQ(client_->post("/v1/answers", answer("e1")).status, 200);
  for (TestClient* listener : {one.get(), other.get()}) {
    const Json event = next(*listener);
    EXPECT_EQ(event.at("kind"), "answer");
    EXPECT_EQ(event.at("student_id"), "ann");
    EXPECT_EQ(event.at("item_id"), "i1");
    EXPECT_EQ(event.at("correct"), true);
    EXPECT_FALSE(event.at("mastery").empty());
  }
  ASSERT_EQ(client_->post("/v1/answers", answer("e1")).status, 200) << "a repetition is no news";
  ASSERT_EQ(client_->post("/v1/answers", answer("e2", R"(,"item_id":"i2","correct":false)")).status,
            200);
  EXPECT_EQ(next(*one).at("item_id"), "i2");
}

TEST_F(Events, ABatchSaysThatMuchHasChanged) {
  const auto listener = listen();
  const std::string lines = answer("b1") + "\n" + answer("b2");
  client_->send(
      fmt::format("POST /v1/courses/maths/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                  "application/x-ndjson\r\nContent-Length: {}\r\n\r\n{}",
                  lines.size(), lines));
  EXPECT_EQ(client_->receive().status, 200);
  EXPECT_EQ(next(*listener).at("kind"), "refresh");
}

TEST_F(Events, WhoComesBackHearsWhatWasMissed) {
  {
    const auto listener = listen();
    ASSERT_EQ(client_->post("/v1/answers", answer("e1")).status, 200);
    next(*listener);
  }
  const std::string heard = id_;
  ASSERT_EQ(client_->post("/v1/answers", answer("e2", R"(,"item_id":"i2","correct":false)")).status,
            200);
  const auto back = listen(fmt::format("Last-Event-ID: {}\r\n", heard));
  EXPECT_EQ(first_id_, heard);
  EXPECT_EQ(next(*back).at("item_id"), "i2");
  const auto stranger = listen("Last-Event-ID: of-another-server-7\r\n");
  EXPECT_EQ(next(*stranger).at("kind"), "refresh");
}

TEST_F(Events, AQuietStreamShowsThatItLives) {
  client_.reset();
  server_.reset();
  options_.heartbeat = std::chrono::milliseconds(20);
  start();
  const auto listener = listen();
  for (int k = 0; k < 3; ++k) EXPECT_EQ(listener->until(":\n\n"), ":\n\n");
}

TEST_F(Events, AnUnknownCourseAndAHeadHaveNoStream) {
  checked(client_->get("/v1/courses/none/events"), 404, "Error");
  client_->send("HEAD /v1/courses/maths/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client_->receive(true).status, 200);
  EXPECT_EQ(client_->get("/v1/health").status, 200) << "the connection goes on";
}

TEST_F(Events, AListenerWhoDoesNotReadIsLetGoAndHoldsNobodyUp) {
  client_.reset();
  server_.reset();
  options_.body_time = std::chrono::milliseconds(200);
  start();
  const auto deaf = listen();
  // More than the sockets between them hold.
  const std::string item(150, 'i');
  for (int k = 0; k < 40'000; ++k) {
    ClassEvent event{.kind = ClassEvent::Kind::Answer};
    event.student_id = "ann";
    event.item_id = item;
    services_->feed.publish("maths", std::move(event));
  }
  const auto listener = listen();
  ASSERT_EQ(client_->post("/v1/answers", answer("e1")).status, 200);
  EXPECT_EQ(next(*listener).at("item_id"), "i1");
  EXPECT_TRUE(deaf->closed());
}

TEST_F(Events, AShutdownEndsStreams) {
  const auto listener = listen();
  client_.reset();
  server_.reset();
  EXPECT_TRUE(listener->closed());
}

}  // namespace
}  // namespace meno
