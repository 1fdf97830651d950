// What a student knows, and what could come next.
#include <array>
#include <cmath>

#include "http/encode.h"
#include "http/listing.h"
#include "http/routes.h"
#include "service/list_courses.h"
#include "service/recommend_next.h"
#include "service/review_queue.h"
#include "service/student_mastery.h"

namespace meno {
namespace {

constexpr QueryParameter kCourse = {.name = "course_id", .summary = "the course", .required = true};
constexpr QueryParameter kCount = {.name = "count",
                                   .summary = "how many items",
                                   .integer = true,
                                   .least = 1,
                                   .most = 100,
                                   .fallback = 1};
constexpr QueryParameter kTarget = {
    .name = "target",
    .summary = "what if this success rate were aimed at, in per cent (default: what is set)",
    .integer = true,
    .least = 50,
    .most = 95,
    .fallback = 0};
constexpr std::array kMasteryQuery = {kCourse};
constexpr std::array kRecommendationQuery = {kCourse, kCount, kTarget};

void write_inferred(JsonWriter& json, const std::optional<InferredMastery>& inferred,
                    const LiveCourse& course) {
  json.key("inferred");
  if (!inferred) {
    json.null();
    return;
  }
  json.begin_object().key("p_mastery").number(inferred->p_mastery);
  json.key("low").number(inferred->low).key("high").number(inferred->high);
  json.key("from").begin_array();
  for (const SkillId skill : inferred->from) json.text(course.skill_name(skill));
  json.end_array().end_object();
}
constexpr QueryParameter kDays = {.name = "days",
                                  .summary = "how many days, today first",
                                  .integer = true,
                                  .least = 1,
                                  .most = 365,
                                  .fallback = 14};
constexpr std::array kReviewQuery = {kCourse, kDays};

Result<std::string> get_mastery(Services& services, RouteCall& call) {
  MENO_TRY(const StudentMastery mastery,
           student_mastery(services, call.query("course_id"), call.path(0)));
  JsonWriter json;
  json.begin_object()
      .key("student_id")
      .text(call.path(0))
      .key("course_id")
      .text(call.query("course_id"));
  json.key("model_version").text(mastery.course->served().version).key("skills").begin_array();
  for (std::size_t k = 0; k < mastery.skills.size(); ++k) {
    const SkillMastery& skill = mastery.skills[k];
    json.begin_object().key("skill_id").text(mastery.course->skill_name(skill.skill));
    write_band(json, skill);
    write_belief(json, mastery.bands.empty() ? std::nullopt : std::optional(mastery.bands[k]));
    json.key("answers").integer(skill.answers).key("last_answered_at").time(skill.last_at);
    json.key("state").text(name_of(skill.state)).key("trend").text(name_of(skill.trend));
    json.key("recall");
    mastery.recall[k] ? json.number(*mastery.recall[k]) : json.null();
    write_inferred(json, mastery.inferred[k], *mastery.course);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<std::string> get_recommendations(Services& services, RouteCall& call) {
  RecommendNext ask{.course_id = call.query("course_id"),
                    .student_id = call.path(0),
                    .count = static_cast<std::size_t>(call.query_integer(kCount)),
                    .request_id = call.request_id()};
  if (const std::int64_t percent = call.query_integer(kTarget); percent > 0)
    ask.target = static_cast<double>(percent) / 100.0;
  MENO_TRY(const Recommendations found, recommend_next(services, ask));
  JsonWriter json;
  json.begin_object()
      .key("student_id")
      .text(call.path(0))
      .key("course_id")
      .text(call.query("course_id"));
  json.key("model_version").text(found.course->served().version);
  json.key("target").number(found.target).key("recommendations").begin_array();
  for (const NextItem& next : found.items) write_recommendation(json, next, *found.course);
  json.end_array().end_object();
  return json.take();
}

TimePoint time_of(double day) {
  return TimePoint{} + std::chrono::milliseconds(std::llround(day * 86400e3));
}

Result<std::string> get_reviews(Services& services, RouteCall& call) {
  ReviewQueueAsk ask{.course_id = call.query("course_id"), .student_id = call.path(0)};
  ask.rules.days = static_cast<std::size_t>(call.query_integer(kDays));
  MENO_TRY(const ReviewQueue queue, review_queue(services, ask));
  JsonWriter json;
  json.begin_object().key("student_id").text(call.path(0)).key("course_id").text(ask.course_id);
  json.key("retention").number(ask.rules.retention).key("reviews").begin_array();
  for (const ScheduledReview& review : queue.schedule.reviews) {
    json.begin_object().key("skill_id").text(queue.course->skill_name(SkillId(review.card)));
    json.key("p_recall").number(review.p_recall).key("due_at").time(time_of(review.due));
    json.key("day").time(time_of(static_cast<double>(review.day))).end_object();
  }
  json.end_array().key("load").begin_array();
  for (const std::size_t load : queue.schedule.load) {
    json.integer(static_cast<std::int64_t>(load));
  }
  json.end_array().key("later").integer(static_cast<std::int64_t>(queue.schedule.later));
  json.key("tests_of_memory").integer(static_cast<std::int64_t>(queue.tests)).end_object();
  return json.take();
}

void write_answer(RowWriter& row, const StoredAnswer& answer) {
  const auto optional = [](const auto& value) {
    return value ? Cell(std::int64_t{*value}) : Cell();
  };
  row.cell("event_id", answer.event_id);
  row.cell("item_id", answer.item_id);
  row.cell("variant", std::int64_t{answer.variant});
  row.cell("response", answer.response ? Cell(std::string_view(*answer.response)) : Cell());
  row.cell("correct", answer.correct);
  row.cell("answered_at", answer.answered_at);
  row.cell("response_ms", optional(answer.response_ms));
  row.cell("hints_used", optional(answer.hints_used));
  row.cell("request_id",
           answer.request_id.empty() ? Cell() : Cell(std::string_view(answer.request_id)));
}

Result<HttpReply> get_answers(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listAnswers", call));
  ListAnswers answers{.wanted = {.course_id = std::string(call.query("course_id")),
                                 .student_id = call.path(0),
                                 .most = ask.most()},
                      .skill = std::string(call.query("skill"))};
  MENO_TRY(answers.wanted.after, number_after(ask));
  MENO_TRY(answers.wanted.from, query_time(call, "from"));
  MENO_TRY(answers.wanted.before, query_time(call, "before"));
  MENO_TRY(const std::vector<StoredAnswer> rows, list_answers(services, std::move(answers)));
  return page_reply(call, ask, "answers", rows, &write_answer,
                    [](const StoredAnswer& answer) { return std::to_string(answer.seq); });
}

constexpr std::array kAnswerQuery = with_paging(std::array{
    kCourse, QueryParameter{.name = "skill", .summary = "only answers on items of this skill"},
    kFrom, kBefore});

constexpr std::array kErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

constexpr std::array kRecommendationErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                              ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/mastery",
     .operation = "studentMastery",
     .access = {Who::Student, "students:read"},
     .summary = "Every skill of a course with the student's estimate, band and evidence",
     .query = kMasteryQuery,
     .reply_schema = "StudentMastery",
     .errors = kErrors,
     .handle = &at_once<&get_mastery>},
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/answers",
     .operation = "listAnswers",
     .access = {Who::Student, "students:read"},
     .summary = "The student's answers in a course, in the order in which they came",
     .query = kAnswerQuery,
     .reply_schema = "AnswerList",
     .errors = kErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_answers>},
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/recommendations",
     .operation = "recommendNext",
     .access = {Who::Student, "students:read"},
     .summary = "The next items for one student, best first, each with its reason",
     .query = kRecommendationQuery,
     .reply_schema = "RecommendationList",
     .errors = kRecommendationErrors,
     .handle = &at_once<&get_recommendations>},
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/reviews",
     .operation = "reviewQueue",
     .access = {Who::Student, "students:read"},
     .summary = "The skills to go over again, each with its recall and the day it is put on",
     .query = kReviewQuery,
     .reply_schema = "ReviewQueue",
     .errors = kErrors,
     .handle = &at_once<&get_reviews>},
};

}  // namespace

std::span<const Route> student_routes() { return kRoutes; }

}  // namespace meno
