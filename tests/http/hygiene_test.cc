// What a server owes hostile, broken and slow clients: requests that hide in others, limits, time.
// Bytes on a socket, as a client of our own could not send them.
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "http_fixture.h"

namespace meno {
namespace {

using std::chrono::milliseconds;

/// A request that would record an answer if it were read as one.
std::string hidden(const std::string& event) {
  const std::string body = fmt::format(
      R"({{"event_id":"{}","course_id":"maths","student_id":"ann","item_id":"i1","correct":true}})",
      event);
  return fmt::format(
      "POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\nContent-Length: "
      "{}\r\n\r\n{}",
      body.size(), body);
}

struct Ambiguous {
  const char* why;
  std::string header;  // without the request line and its Host
  std::string line = "POST /v1/answers HTTP/1.1";
  bool host = true;
};

const std::string kWithNul = std::string("X: a\0b\r\n", 8);

/// Each is read in one way by one server and in another by the next: refused, and what follows it
/// is not read.
const Ambiguous kAmbiguous[] = {
    {"no HTTP", "", "GARBAGE"},
    {"a version that is none", "", "GET /v1/health HTTP/9.9"},
    {"two spaces", "", "GET  /v1/health HTTP/1.1"},
    {"a target with a space", "", "GET /v1/he alth HTTP/1.1"},
    {"no colon", "bad header\r\n"},
    {"no name", ": bad\r\n"},
    {"a negative length", "Content-Length: -1\r\n"},
    {"a length with a sign", "Content-Length: +2\r\n"},
    {"a length in hexadecimal", "Content-Length: 0x2\r\n"},
    {"a list of lengths", "Content-Length: 2, 2\r\n"},
    {"a length beyond 64 bits", "Content-Length: 18446744073709551618\r\n"},
    {"an empty length", "Content-Length: \r\n"},
    {"two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n"},
    {"the same length twice", "Content-Length: 0\r\nContent-Length: 0\r\n"},
    {"a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"},
    {"chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n"},
    {"chunks twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"},
    {"chunks twice in one", "Transfer-Encoding: chunked, chunked\r\n"},
    {"another coding", "Transfer-Encoding: gzip\r\n"},
    {"another coding as well", "Transfer-Encoding: gzip, chunked\r\n"},
    {"a coding that looks like chunked", "Transfer-Encoding: xchunked\r\n"},
    {"an empty coding", "Transfer-Encoding: \r\n"},
    {"a coding in quotes", "Transfer-Encoding: \"chunked\"\r\n"},
    {"chunks in HTTP/1.0", "Transfer-Encoding: chunked\r\n", "POST /v1/answers HTTP/1.0"},
    {"a space before the colon", "Transfer-Encoding : chunked\r\n"},
    {"a tab before the colon", "Content-Length\t: 2\r\n"},
    {"a folded field", "Transfer-Encoding:\r\n chunked\r\n"},
    {"a folded field with a tab", "X: a\r\n\tContent-Length: 2\r\n"},
    {"a NUL", kWithNul},
    {"another control character", "X: a\x01\r\n"},
    {"a bare line feed", "X: a\nContent-Length: 2\r\n"},
    {"a bare carriage return", "X: a\rContent-Length: 2\r\n"},
    {"a line feed before the end", "X: a\r\n\n"},
    {"a letter that is no token", "X\xC3\xA9: a\r\n"},
    {"no Host", "", "GET /v1/health HTTP/1.1", false},
    {"two Hosts", "Host: u\r\n"},
    {"a Host with a space", "Host: t u\r\n", "GET /v1/health HTTP/1.1", false},
    {"a Host with a user", "Host: u@t\r\n", "GET /v1/health HTTP/1.1", false},
    {"another host's target", "", "GET http://other/v1/health HTTP/1.1"},
};

TEST_F(Http, RequestsThatCanBeReadInTwoWaysAreRefusedAndNothingAfterThemIsRead) {
  for (const Ambiguous& one : kAmbiguous) {
    TestClient client(server_->port());
    client.send(one.line + "\r\n" + (one.host ? "Host: localhost\r\n" : "") + one.header + "\r\n" +
                hidden("smuggled"));
    EXPECT_EQ(checked(client.receive(), 400, "Error").at("error").at("kind"), "invalid_input")
        << one.why;
    EXPECT_EQ(client.receive().status, 0) << one.why << ": what came after it was answered";
  }
  EXPECT_EQ(store_->answers().count(), 0U);
}

TEST_F(Http, ChunksThatAreNoneAreRefused) {
  const std::string kBodies[] = {
      "zz\r\n",
      "-1\r\n\r\n",
      "0x2\r\n{}\r\n0\r\n\r\n",
      " 2\r\n{}\r\n0\r\n\r\n",
      "2 \r\n{}\r\n0\r\n\r\n",
      "2\n{}\r\n0\r\n\r\n",
      "2\r\n{}\n0\r\n\r\n",
      "2\r\n{}0\r\n\r\n",
      "2\r\n{}x\r\n0\r\n\r\n",
      "10000000000000002\r\n{}\r\n0\r\n\r\n",
      "0\r\nX-Meno-Request: 1\r\n\r\n",
      "0\r\nHost: localhost\r\n\r\n",
  };
  for (const std::string& body : kBodies) {
    TestClient client(server_->port());
    client.send(
        "POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n" +
        body + hidden("smuggled"));
    EXPECT_GE(client.receive().status, 400) << body;
    EXPECT_EQ(client.receive().status, 0) << body << ": what came after it was answered";
  }
  EXPECT_EQ(store_->answers().count(), 0U);
}

TEST_F(Http, GoodChunksAreOneBody) {
  const std::string body = answer("c1");
  client_->send(fmt::format(
      "POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: Chunked\r\n\r\n5\r\n{}\r\n{:X};name=value\r\n{}\r\n0\r\n\r\n",
      body.substr(0, 5), body.size() - 5, body.substr(5)));
  EXPECT_EQ(checked(client_->receive(), 200, "AnswerReply").at("event_id"), "c1");
  EXPECT_EQ(client_->get("/v1/health").status, 200) << "the connection goes on";
}

TEST_F(Http, TheAbsoluteFormOfThisHostIsTaken) {
  client_->send("GET http://localhost/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client_->receive().status, 200);
}

TEST_F(Http, PipelinedRequestsAreAnsweredInOrder) {
  std::string burst;
  for (int k = 0; k < 20; ++k) {
    const std::string body = answer(fmt::format("p{}", k));
    burst += fmt::format(
        "POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/json\r\nContent-Length: "
        "{}\r\n\r\n{}",
        body.size(), body);
    burst += "GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }
  client_->send(burst);
  for (int k = 0; k < 20; ++k) {
    EXPECT_EQ(checked(client_->receive(), 200, "AnswerReply").at("event_id"),
              fmt::format("p{}", k));
    EXPECT_EQ(checked(client_->receive(), 200, "Health").at("answers"), k + 1);
  }
}

TEST_F(Http, ARequestInPiecesIsOneRequest) {
  for (const char byte : hidden("slow")) client_->send(std::string_view(&byte, 1));
  EXPECT_EQ(checked(client_->receive(), 200, "AnswerReply").at("event_id"), "slow");
}

TEST_F(Http, AClientThatHasSaidAllIsAnswered) {
  client_->send(hidden("h1") + hidden("h2"));
  client_->say_no_more();
  EXPECT_EQ(checked(client_->receive(), 200, "AnswerReply").at("event_id"), "h1");
  EXPECT_EQ(checked(client_->receive(), 200, "AnswerReply").at("event_id"), "h2");
  EXPECT_TRUE(client_->closed());
}

TEST_F(Http, LimitsHaveStatusesOfTheirOwn) {
  TestClient header(server_->port());
  header.send("GET /v1/health HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(20'000, 'a') +
              "\r\n\r\n");
  checked(header.receive(), 431, "Error");
  TestClient body(server_->port());
  body.send(
      "POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\nContent-Length: "
      "2000000\r\n\r\n" +
      std::string(2'000'000, ' '));
  checked(body.receive(), 413, "Error");
  TestClient chunked(server_->port());
  std::string chunks =
      "POST /v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int k = 0; k < 20; ++k) chunks += "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  chunked.send(chunks);
  checked(chunked.receive(), 413, "Error");
}

TEST_F(Http, SlowClientsAreNotWaitedForForever) {
  client_.reset();
  server_.reset();
  options_.header_time = milliseconds(200);
  options_.body_time = milliseconds(200);
  options_.idle_time = milliseconds(200);
  start();
  TestClient silent(server_->port());
  EXPECT_TRUE(silent.closed());
  TestClient idle(server_->port());
  EXPECT_EQ(idle.get("/v1/health").status, 200);
  EXPECT_TRUE(idle.closed());
  // The time counts to the end of the header or body: a byte now and then buys no more.
  for (const bool in_body : {false, true}) {
    TestClient slow(server_->port());
    slow.send(in_body ? hidden("slow").substr(0, hidden("slow").size() - 100)
                      : std::string("GET /v1/health HT"));
    std::jthread dripping([&slow](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        slow.send("a");
        std::this_thread::sleep_for(milliseconds(50));
      }
    });
    EXPECT_EQ(slow.receive().status, 0) << in_body;
  }
  EXPECT_EQ(store_->answers().count(), 0U);
}

TEST_F(Http, AClientThatDoesNotReadIsNotWaitedForForever) {
  client_.reset();
  server_.reset();
  options_.body_time = milliseconds(200);
  start();
  TestClient deaf(server_->port());
  std::string many;
  for (int k = 0; k < 500'000; ++k) many += "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
  deaf.send(many);  // returns once the server has ended the connection
  int replies = 0;
  while (deaf.receive().status == 200) ++replies;
  EXPECT_LT(replies, 500'000);
}

TEST_F(Http, WhoAsksTooOftenIsToldWhenToComeBack) {
  client_.reset();
  server_.reset();
  rate_ = {.per_second = 0.01, .burst_seconds = 300.0, .address_share = 1.0};
  start();
  for (int k = 0; k < 10; ++k)
    EXPECT_EQ(client_->get("/v1/health").status, 200) << "an open server lets all through";
  client_.reset();
  server_.reset();
  rate_.of_open_server = true;
  start();
  for (int k = 0; k < 3; ++k) EXPECT_EQ(client_->get("/v1/health").status, 200);
  const RawReply refused = client_->get("/v1/health");
  checked(refused, 429, "Error");
  EXPECT_NE(refused.header.find("Retry-After: 100\r\n"), std::string::npos) << refused.header;
}

}  // namespace
}  // namespace meno
