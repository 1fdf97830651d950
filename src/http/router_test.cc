#include "http/router.h"

#include <gtest/gtest.h>

#include "http/routes.h"

namespace meno {
namespace {

Routed route(Method method, const std::string& target,
             const std::string& type = "application/json") {
  HttpRequest request;
  request.method = method;
  request.target = target;
  request.content_type = type;
  return route_request(all_routes(), request, *parse_target(target));
}

const HttpReply& refusal(const Routed& routed) { return std::get<HttpReply>(routed); }

TEST(Router, FindsTheRouteAndItsParameters) {
  Routed routed = route(Method::Get, "/v1/courses/a%20b/items?limit=7");
  ASSERT_TRUE(std::holds_alternative<Matched>(routed));
  Matched& matched = std::get<Matched>(routed);
  EXPECT_EQ(matched.route->operation, "listItems");
  EXPECT_EQ(matched.call.path(0), "a b");
  EXPECT_EQ(matched.call.query("limit"), "7");
  EXPECT_EQ(matched.call.query("skill"), "");
}

TEST(Router, SaysWhichMethodsThereAre) {
  const Routed routed = route(Method::Delete, "/v1/courses/c/students");
  EXPECT_EQ(refusal(routed).status, 405);
  ASSERT_EQ(refusal(routed).headers.size(), 1U);
  EXPECT_EQ(refusal(routed).headers[0].second, "GET, POST");
}

TEST(Router, RefusesUnknownPathsAndParameters) {
  EXPECT_EQ(refusal(route(Method::Get, "/v1/nothing")).status, 404);
  EXPECT_EQ(refusal(route(Method::Get, "/v1/courses/")).status, 404);
  EXPECT_EQ(refusal(route(Method::Get, "/v1/courses?x=1")).status, 400);
  EXPECT_EQ(refusal(route(Method::Get, "/v1/courses/c/items?limit=0")).status, 400);
  EXPECT_EQ(refusal(route(Method::Get, "/v1/courses/c/items?limit=1e2")).status, 400);
  EXPECT_EQ(refusal(route(Method::Get, "/v1/courses/c/items?limit=1&limit=2")).status, 400);
  EXPECT_EQ(refusal(route(Method::Get, "/v1/students/s/mastery")).status, 400);
  EXPECT_EQ(refusal(route(Method::Get, "/v1/students/s/mastery?course_id=")).status, 400);
  EXPECT_EQ(refusal(route(Method::Get, "/v1/courses/" + std::string(201, 'x') + "/items")).status,
            400);
}

TEST(Router, TakesOnlyJsonBodies) {
  EXPECT_EQ(refusal(route(Method::Post, "/v1/answers", "text/plain")).status, 415);
  EXPECT_EQ(refusal(route(Method::Post, "/v1/answers", "application/jsonx")).status, 415);
  EXPECT_TRUE(std::holds_alternative<Matched>(
      route(Method::Post, "/v1/answers", "Application/JSON; charset=utf-8")));
}

}  // namespace
}  // namespace meno
