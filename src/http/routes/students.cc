// What a student knows, and what could come next.
#include <array>

#include "http/encode.h"
#include "http/routes.h"
#include "service/recommend_next.h"
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
constexpr std::array kMasteryQuery = {kCourse};
constexpr std::array kRecommendationQuery = {kCourse, kCount};

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
    json.key("state").text(name_of(skill.state)).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<std::string> get_recommendations(Services& services, RouteCall& call) {
  MENO_TRY(
      const Recommendations found,
      recommend_next(services, {.course_id = call.query("course_id"),
                                .student_id = call.path(0),
                                .count = static_cast<std::size_t>(call.query_integer(kCount))}));
  JsonWriter json;
  json.begin_object()
      .key("student_id")
      .text(call.path(0))
      .key("course_id")
      .text(call.query("course_id"));
  json.key("model_version").text(found.course->served().version);
  json.key("recommendations").begin_array();
  for (const NextItem& next : found.items) write_recommendation(json, next, *found.course);
  json.end_array().end_object();
  return json.take();
}

constexpr std::array kErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

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
     .path = "/v1/students/{student_id}/recommendations",
     .operation = "recommendNext",
     .access = {Who::Student, "students:read"},
     .summary = "The next items for one student, best first, each with its reason",
     .query = kRecommendationQuery,
     .reply_schema = "RecommendationList",
     .errors = kErrors,
     .handle = &at_once<&get_recommendations>},
};

}  // namespace

std::span<const Route> student_routes() { return kRoutes; }

}  // namespace meno
