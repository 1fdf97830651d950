// The model of a course: what serves it, how well, what challenges it, and the way back.
#include "service/course_model.h"

#include <array>

#include "http/body.h"
#include "http/encode_monitor.h"
#include "http/routes.h"
#include "http/routes/changed_by.h"

namespace meno {
namespace {

void write_challenger(JsonWriter& json, const WatchFigures& figures) {
  if (figures.tuned_on == 0) {
    json.null();
    return;
  }
  json.begin_object().key("tuned_on").integer(static_cast<std::int64_t>(figures.tuned_on));
  json.key("foresight");
  write_foresight(json, figures.challenger);
  json.key("incumbent");
  write_foresight(json, figures.incumbent_alongside);
  json.key("students").integer(static_cast<std::int64_t>(figures.gain.students));
  json.key("gain").number(figures.gain.mean).key("p_value").number(figures.gain.p_value);
  json.key("needed").number(figures.next_level).end_object();
}

void write_changes(JsonWriter& json, const std::vector<ServedRun>& changes) {
  json.begin_array();
  for (const ServedRun& change : changes) {
    json.begin_object().key("action").text(change.action).key("version").text(change.version);
    json.key("at").time(change.at).end_object();
  }
  json.end_array();
}

std::string encode(const CourseModel& model) {
  const ServedModel& served = model.course->served();
  const WatchFigures figures = model.figures.value_or(WatchFigures());
  JsonWriter json;
  json.begin_object().key("course_id").text(model.course->id());
  json.key("version").text(served.version).key("base_version").text(model.base);
  json.key("since").time(served.since).key("model").begin_object();
  json.key("name").text(served.run->model_name).key("learner").text(served.run->learner_name);
  json.key("data_hash").text(served.run->data_hash);
  json.key("simulated").boolean(served.run->simulated).end_object();
  json.key("adapting").text(name_of(model.state));
  json.key("students").integer(static_cast<std::int64_t>(figures.students));
  json.key("answers").integer(static_cast<std::int64_t>(figures.answers)).key("foresight");
  write_foresight(json,
                  figures.version == served.version ? figures.incumbent : PrequentialFigures());
  json.key("challenger");
  write_challenger(json, figures);
  json.key("changes");
  write_changes(json, model.changes);
  json.end_object();
  return json.take();
}

Result<std::string> get_model(Services& services, RouteCall& call) {
  MENO_TRY(const CourseModel model, course_model(services, call.path(0)));
  return encode(model);
}

Result<std::string> post_rollback(Services& services, RouteCall& call) {
  MENO_TRY(const std::string version, decode_version(call.body()));
  MENO_TRY(const CourseModel model,
           rollback_model(services, call.path(0), version, changed_by(call)));
  return encode(model);
}

Result<std::string> post_resume(Services& services, RouteCall& call) {
  MENO_TRY(const std::string version, decode_version(call.body()));
  MENO_TRY(const CourseModel model,
           resume_adapting(services, call.path(0), version, changed_by(call)));
  return encode(model);
}

constexpr std::array kGetErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};
constexpr std::array kPostErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                    ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/model",
     .operation = "courseModel",
     .access = {Who::Teacher, "courses:read"},
     .summary = "The model that serves a course, how well it foresees, and what challenges it",
     .query = {},
     .reply_schema = "CourseModel",
     .errors = kGetErrors,
     .handle = &at_once<&get_model>},
    {.method = Method::Post,
     .path = "/v1/courses/{course_id}/model/rollback",
     .operation = "rollbackModel",
     .access = {Who::PlatformAdmin, "courses:write"},
     .summary = "Go back to the model that served before; the course then keeps it",
     .query = {},
     .body_schema = "VersionRequest",
     .reply_schema = "CourseModel",
     .errors = kPostErrors,
     .once = true,
     .handle = &at_once<&post_rollback>},
    {.method = Method::Post,
     .path = "/v1/courses/{course_id}/model/resume",
     .operation = "resumeAdapting",
     .access = {Who::PlatformAdmin, "courses:write"},
     .summary = "Let the course adapt again after a rollback",
     .query = {},
     .body_schema = "VersionRequest",
     .reply_schema = "CourseModel",
     .errors = kPostErrors,
     .once = true,
     .handle = &at_once<&post_resume>},
};

}  // namespace

std::span<const Route> course_model_routes() { return kRoutes; }

}  // namespace meno
