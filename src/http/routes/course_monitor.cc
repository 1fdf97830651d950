// The monitor of a course and its runs: how well it is foreseen, what was noticed, who is on trial.
#include "service/course_monitor.h"

#include <array>

#include "http/body.h"
#include "http/encode_monitor.h"
#include "http/routes.h"
#include "http/routes/changed_by.h"

namespace meno {
namespace {

/// Of the students whom a run serves that a person puts on trial.
constexpr double kShare = 0.2;

std::string encode_monitor(const CourseMonitor& monitor) {
  const ServedModel& served = monitor.course->served();
  const WatchFigures figures = monitor.figures.value_or(WatchFigures());
  const bool current = figures.version == served.version;
  JsonWriter json;
  json.begin_object().key("course_id").text(monitor.course->id());
  json.key("simulated").boolean(monitor.course->stored().simulated);
  json.key("version").text(served.version).key("foresight");
  write_foresight(json, current ? figures.incumbent : PrequentialFigures());
  json.key("block_answers").integer(std::int64_t{kBlock}).key("blocks").begin_array();
  if (current) {
    for (const PrequentialFigures& block : figures.blocks) write_foresight(json, block);
  }
  json.end_array().key("drift").begin_object();
  json.key("alarm").boolean(current && figures.drifting);
  json.key("evidence_log10").number(current ? figures.drift_log10 : 0.0);
  json.key("needed_log10").number(figures.drift_needed).end_object();
  json.key("alarms");
  write_alarms(json, monitor.alarms);
  json.key("trial");
  write_trial(json, monitor);
  json.key("uptake");
  write_uptake(json, monitor.uptake);
  json.key("retraining");
  write_retraining(json, monitor.retraining);
  json.end_object();
  return json.take();
}

Result<std::string> get_monitor(Services& services, RouteCall& call) {
  MENO_TRY(const CourseMonitor monitor, course_monitor(services, call.path(0)));
  return encode_monitor(monitor);
}

Result<std::string> encode_runs(Services& services, const std::string& course_id) {
  MENO_TRY(const std::vector<ModelRun> runs, course_runs(services, course_id));
  JsonWriter json;
  json.begin_object().key("course_id").text(course_id).key("runs").begin_array();
  for (const ModelRun& run : runs) {
    json.begin_object().key("version").text(run.version).key("state").text(run.state);
    json.key("origin").text(run.origin).key("parent");
    run.parent.empty() ? json.null() : json.text(run.parent);
    json.key("base_version").text(run.base).key("model").text(run.model);
    json.key("data_hash").text(run.data_hash).key("simulated").boolean(run.simulated);
    json.key("made_at").time(run.made_at).key("changed_at").time(run.changed_at);
    json.key("share").number(run.share).key("metrics").text(run.metrics);
    json.key("figures").text(run.figures).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<std::string> get_runs(Services& services, RouteCall& call) {
  return encode_runs(services, call.path(0));
}

Result<std::string> post_trial(Services& services, RouteCall& call) {
  MENO_TRY(const std::string version, decode_version(call.body()));
  MENO_TRY_DONE(begin_trial(services, call.path(0), version, kShare, changed_by(call)));
  return encode_runs(services, call.path(0));
}

Result<std::string> post_promote(Services& services, RouteCall& call) {
  MENO_TRY(const std::string version, decode_version(call.body()));
  MENO_TRY_DONE(end_trial(services, call.path(0), version, true, changed_by(call)));
  return encode_runs(services, call.path(0));
}

Result<std::string> post_withdraw(Services& services, RouteCall& call) {
  MENO_TRY(const std::string version, decode_version(call.body()));
  MENO_TRY_DONE(end_trial(services, call.path(0), version, false, changed_by(call)));
  return encode_runs(services, call.path(0));
}

constexpr std::array kGetErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};
constexpr std::array kPostErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                    ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/monitor",
     .operation = "courseMonitor",
     .access = {Who::Teacher, "courses:read"},
     .summary = "How well a course is foreseen, what was noticed, and what is being tried",
     .query = {},
     .reply_schema = "CourseMonitor",
     .errors = kGetErrors,
     .handle = &at_once<&get_monitor>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/runs",
     .operation = "courseRuns",
     .access = {Who::PlatformAdmin, "courses:read"},
     .summary = "The runs that a course has, had or may get",
     .query = {},
     .reply_schema = "RunList",
     .errors = kGetErrors,
     .handle = &at_once<&get_runs>},
    {.method = Method::Post,
     .path = "/v1/courses/{course_id}/model/trial",
     .operation = "tryModel",
     .access = {Who::PlatformAdmin, "courses:write"},
     .summary = "Let a registered run serve a fifth of the students, on trial",
     .query = {},
     .body_schema = "VersionRequest",
     .reply_schema = "RunList",
     .errors = kPostErrors,
     .handle = &at_once<&post_trial>},
    {.method = Method::Post,
     .path = "/v1/courses/{course_id}/model/promote",
     .operation = "promoteModel",
     .access = {Who::PlatformAdmin, "courses:write"},
     .summary = "Let the run on trial serve everyone",
     .query = {},
     .body_schema = "VersionRequest",
     .reply_schema = "RunList",
     .errors = kPostErrors,
     .handle = &at_once<&post_promote>},
    {.method = Method::Post,
     .path = "/v1/courses/{course_id}/model/withdraw",
     .operation = "withdrawModel",
     .access = {Who::PlatformAdmin, "courses:write"},
     .summary = "End the trial: the run serves nobody any more",
     .query = {},
     .body_schema = "VersionRequest",
     .reply_schema = "RunList",
     .errors = kPostErrors,
     .handle = &at_once<&post_withdraw>},
};

}  // namespace

std::span<const Route> course_monitor_routes() { return kRoutes; }

}  // namespace meno
