#include "http/message.h"

#include <gtest/gtest.h>

#include "core/json.h"

namespace meno {
namespace {

TEST(ErrorReply, IsAProblemThatNamesTheField) {
  const HttpReply reply = error_reply(invalid_input("\"limit\" is \"x\", expected a number"));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.content_type, "application/problem+json");
  const Json problem = *parse_json(reply.body, "a reply");
  EXPECT_EQ(problem.at("type"), "about:blank");
  EXPECT_EQ(problem.at("title"), "Bad Request");
  EXPECT_EQ(problem.at("status"), 400);
  EXPECT_EQ(problem.at("code"), "invalid_input");
  EXPECT_EQ(problem.at("field"), "limit");
  EXPECT_EQ(problem.at("detail"), problem.at("error").at("message"));
  EXPECT_FALSE(
      parse_json(error_reply(not_found("no such thing")).body, "a reply")->contains("field"));
}

TEST(ErrorReply, TakesARequestIdIntoProblemsOnly) {
  HttpReply problem = error_reply(conflict("taken"));
  add_request_id(problem, "r-\"1\"");
  EXPECT_EQ(parse_json(problem.body, "a reply")->at("request_id"), "r-\"1\"");
  HttpReply other;
  other.body = "{}";
  add_request_id(other, "r");
  EXPECT_EQ(other.body, "{}");
}

}  // namespace
}  // namespace meno
