// Why an item, and what would be if.
#include <array>

#include <fmt/format.h>

#include "http/encode_explanation.h"
#include "http/routes.h"

namespace meno {
namespace {

constexpr QueryParameter kCourse = {.name = "course_id", .summary = "the course", .required = true};
constexpr QueryParameter kAnswers = {.name = "answers",
                                     .summary = "how many answers are supposed",
                                     .integer = true,
                                     .least = 1,
                                     .most = kMostSupposed,
                                     .fallback = 1};
constexpr std::array kExplanationQuery = {
    kCourse, QueryParameter{.name = "item_id", .summary = "the one recommended now when absent"}};
constexpr std::array kWhatIfQuery = {
    kCourse, QueryParameter{.name = "item_id", .summary = "the item that would be answered"},
    QueryParameter{.name = "skill_id",
                   .summary = "or the skill whose items would be answered in turn"},
    kAnswers,
    QueryParameter{.name = "result", .summary = "right (the default) or wrong, all of them"}};

Result<std::string> get_explanation(Services& services, RouteCall& call) {
  MENO_TRY(const ItemExplanation explained,
           explain_item(services, {.course_id = call.query("course_id"),
                                   .student_id = call.path(0),
                                   .item_id = call.query("item_id")}));
  return explanation_json(explained, call.path(0));
}

Result<std::string> get_what_if(Services& services, RouteCall& call) {
  const std::string_view result = call.query("result");
  if (!result.empty() && result != "right" && result != "wrong") {
    return invalid_input(
        fmt::format("\"result\" is \"{}\", expected right or wrong", result.substr(0, 40)));
  }
  MENO_TRY(const WhatIfReply reply,
           what_if(services, {.course_id = call.query("course_id"),
                              .student_id = call.path(0),
                              .skill_id = call.query("skill_id"),
                              .item_id = call.query("item_id"),
                              .answers = static_cast<int>(call.query_integer(kAnswers)),
                              .correct = result != "wrong"}));
  return what_if_json(reply, call.path(0));
}

constexpr std::array kErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/explanations",
     .operation = "explainItem",
     .access = {Who::Student, "students:read"},
     .summary = "Why an item: the reason, what its prediction is made of (pieces that sum to the "
                "change of the logit), and what a right or wrong answer would change",
     .query = kExplanationQuery,
     .reply_schema = "ItemExplanation",
     .errors = kErrors,
     .handle = &at_once<&get_explanation>},
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/what-if",
     .operation = "whatIf",
     .access = {Who::Student, "students:read"},
     .summary = "Mastery and the next item as they would be after answers that never happened",
     .query = kWhatIfQuery,
     .reply_schema = "WhatIfReply",
     .errors = kErrors,
     .handle = &at_once<&get_what_if>},
};

}  // namespace

std::span<const Route> explanation_routes() { return kRoutes; }

}  // namespace meno
