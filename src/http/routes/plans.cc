// The path of one student to a goal.
#include <algorithm>
#include <array>

#include "http/encode.h"
#include "http/routes.h"
#include "service/plan_for_student.h"

namespace meno {
namespace {

constexpr QueryParameter kMinutes = {.name = "minutes",
                                     .summary = "there are; 0: no limit",
                                     .integer = true,
                                     .least = 0,
                                     .most = 100'000,
                                     .fallback = 60};
constexpr QueryParameter kSteps = {.name = "steps",
                                   .summary = "answers at most",
                                   .integer = true,
                                   .least = 1,
                                   .most = 1000,
                                   .fallback = 200};
constexpr std::array kPlanQuery = {
    QueryParameter{.name = "course_id", .summary = "the course", .required = true},
    QueryParameter{.name = "goal",
                   .summary = "a skill's id, or its name in either language",
                   .required = true},
    kMinutes, kSteps};
/// Half an 80 % band of a normal, in standard deviations.
constexpr double kBand = 1.2816;

void write_step(JsonWriter& json, const StudentPath& path, const PathStop& stop) {
  json.begin_object().key("skill_id").text(path.course->skill_name(stop.skill));
  json.key("skill_name").both(path.course->tutor().skill_name(stop.skill));
  json.key("item_id").text(path.course->item_name(stop.item));
  json.key("item_title").both(path.course->tutor().item_name(stop.item));
  json.key("p_correct").number(stop.expected.p_correct);
  json.key("minutes").number(stop.expected.seconds / 60.0);
  json.key("p_after").number(stop.expected.p_after).key("resource");
  write_resource(json, stop.resource, {}, *path.course);
  json.end_object();
}

void write_expected(JsonWriter& json, const StudentPath& path) {
  const PlannedPath& planned = path.planned;
  json.key("p_start").number(planned.start).key("p_end").number(planned.end);
  json.key("p_end_low").number(std::max(0.0, planned.end - kBand * planned.end_sd));
  json.key("p_end_high").number(std::min(1.0, planned.end + kBand * planned.end_sd));
  json.key("reached").boolean(path.reached).key("minutes_planned").number(planned.seconds / 60.0);
  json.key("minutes_needed");
  const bool known = path.minutes_needed > 0.0 || path.reached;
  known ? json.number(path.minutes_needed) : json.null();
}

Result<std::string> get_plan(Services& services, RouteCall& call) {
  const PlanForStudent ask{.course_id = call.query("course_id"),
                           .student_id = call.path(0),
                           .goal = call.query("goal"),
                           .minutes = static_cast<double>(call.query_integer(kMinutes)),
                           .steps = static_cast<int>(call.query_integer(kSteps))};
  MENO_TRY(const StudentPath path, plan_for_student(services, ask));
  JsonWriter json;
  json.begin_object().key("student_id").text(call.path(0));
  json.key("course_id").text(call.query("course_id"));
  json.key("model_version").text(path.course->served().version);
  json.key("simulated").boolean(path.course->stored().simulated);
  json.key("goal_id").text(path.course->skill_name(path.goal));
  json.key("goal_name").both(path.course->tutor().skill_name(path.goal));
  json.key("minutes").number(ask.minutes).key("answers").integer(path.answers);
  json.key("mastery_at").number(ask.mastery_at);
  write_expected(json, path);
  json.key("fitted_on").integer(static_cast<std::int64_t>(path.fitted_on));
  json.key("steps").begin_array();
  for (const PathStop& stop : path.stops) write_step(json, path, stop);
  json.end_array().key("without_items").begin_array();
  for (const SkillId skill : path.missing) json.text(path.course->skill_name(skill));
  json.end_array().end_object();
  return json.take();
}

constexpr std::array kErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/plan",
     .operation = "planForStudent",
     .access = {Who::Student, "students:read"},
     .summary = "What to practise to reach a goal within the minutes there are, with the mastery "
                "expected on the way; ask again after answers, and it plans anew",
     .query = kPlanQuery,
     .reply_schema = "Plan",
     .errors = kErrors,
     .handle = &at_once<&get_plan>},
};

}  // namespace

std::span<const Route> plan_routes() { return kRoutes; }

}  // namespace meno
