// What students and teachers say of recommendations: feedback on one, the success rate to aim at,
// and the rules of a course.
#include <array>
#include <mutex>

#include "core/json.h"
#include "http/body.h"
#include "http/conditions.h"
#include "http/encode.h"
#include "http/routes.h"
#include "service/accounts/sight.h"
#include "service/record_feedback.h"

namespace meno {
namespace {

std::string encode(const FeedbackOutcome& outcome) {
  JsonWriter json;
  json.begin_object().key("event_id").text(outcome.event_id);
  json.key("model_version").text(outcome.course->served().version);
  json.key("recorded").boolean(outcome.recorded).key("target").number(outcome.target).key("next");
  if (outcome.next) {
    write_recommendation(json, *outcome.next, *outcome.course);
  } else {
    json.null();
  }
  json.end_object();
  return json.take();
}

void post_feedback(Services& services, RouteCall call, Respond respond) {
  Result<RecordFeedback> ask = decode_feedback(call.body());
  if (!ask) return respond(error_reply(ask.error()));
  ask->request_id = call.request_id();
  record_feedback(services, *ask,
                  [respond = std::move(respond)](const Result<FeedbackOutcome>& outcome) {
                    if (!outcome) return respond(error_reply(outcome.error()));
                    HttpReply reply;
                    reply.body = encode(*outcome);
                    respond(std::move(reply));
                  });
}

Result<std::string> get_preferences(Services& services, RouteCall& call) {
  const std::string_view course = call.query("course_id");
  MENO_TRY(const double aimed_at, aimed_target(services, course, call.path(0)));
  MENO_TRY(const std::optional<double> target, services.guidance.target(course, call.path(0)));
  JsonWriter json;
  json.begin_object().key("student_id").text(call.path(0)).key("course_id").text(course);
  json.key("target");
  target ? json.number(*target) : json.null();
  json.key("aimed_at").number(aimed_at).end_object();
  return json.take();
}

/// Settings change one at a time, so that nothing comes between a look at If-Match and the change.
std::mutex& changing() {
  static std::mutex mutex;
  return mutex;
}

using Read = Result<std::string> (*)(Services&, RouteCall&);

/// Whether what `read` gives has the ETag that the caller expects; 412 when not.
std::optional<HttpReply> changed_before(Services& services, RouteCall& call, Read read) {
  if (call.if_match().empty()) return std::nullopt;
  const Result<std::string> now = read(services, call);
  if (!now) return error_reply(now.error());
  const std::string etag = etag_of(*now);
  if (names_etag(call.if_match(), etag, false)) return std::nullopt;
  return changed_meanwhile(etag);
}

/// A handler of a change: `Write` unless what `ReadNow` gives has changed before. The reply is that
/// of `ReadNow` afterwards.
template <Read ReadNow, Read Write>
void put(Services& services, RouteCall call, Respond respond) {
  const std::unique_lock lock(changing());
  if (std::optional<HttpReply> changed = changed_before(services, call, ReadNow))
    return respond(*std::move(changed));
  at_once<Write>(services, std::move(call), std::move(respond));
}

Result<std::string> put_preferences(Services& services, RouteCall& call) {
  MENO_TRY(const std::optional<double> target, decode_preferences(call.body()));
  MENO_TRY_DONE(services.guidance.set_target(call.query("course_id"), call.path(0), target,
                                             services.clock.now()));
  return get_preferences(services, call);
}

/// The course, once it is known that the student, if one is named, is in it.
Result<std::shared_ptr<const LiveCourse>> course_of(Services& services, const RouteCall& call) {
  MENO_TRY(std::shared_ptr<const LiveCourse> course, services.courses.find(call.path(0)));
  if (const std::string_view student = call.query("student_id"); !student.empty()) {
    MENO_TRY_DONE(services.students.find(course, student));
  }
  return course;
}

Result<std::string> get_rules(Services& services, RouteCall& call) {
  const std::string_view student = call.query("student_id");
  MENO_TRY_DONE(course_of(services, call));
  MENO_TRY(const TeachingRules rules, services.guidance.rules(call.path(0), student));
  const Json reply{{"course_id", call.path(0)},
                   {"student_id", student.empty() ? Json() : Json(student)},
                   {"rules", rules_json(rules)}};
  return reply.dump();
}

Result<std::string> put_rules(Services& services, RouteCall& call) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, course_of(services, call));
  if (call.query("student_id").empty()) {
    MENO_TRY_DONE(check_sees_all_of(services, call.caller(), call.path(0)));
  }
  MENO_TRY_DONE(check_rules_fields(call.body()));
  MENO_TRY(const TeachingRules rules, parse_rules(call.body()));
  MENO_TRY_DONE(
      services.guidance.set_rules(course, call.query("student_id"), rules, services.clock.now()));
  return get_rules(services, call);
}

constexpr std::array kPreferencesQuery = {
    QueryParameter{.name = "course_id", .summary = "the course", .required = true}};
constexpr std::array kRulesQuery = {
    QueryParameter{.name = "student_id", .summary = "rules for one student, beside the course's"}};
constexpr std::array kErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};
constexpr std::array kErrorsWithConflict = {ErrorKind::NotFound, ErrorKind::Conflict,
                                            ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Post,
     .path = "/v1/feedback",
     .operation = "recordFeedback",
     .access = {Who::Student, "answers:write"},
     .lane = Lane::Quick,
     .summary =
         "Say of a recommendation: accept, swap, dismiss, too_hard or too_easy; the reply is "
         "what comes next instead",
     .body_schema = "RecommendationFeedbackRequest",
     .reply_schema = "RecommendationFeedbackReply",
     .errors = kErrorsWithConflict,
     .handle = &post_feedback},
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/preferences",
     .operation = "studentPreferences",
     .access = {Who::Student, "students:read"},
     .summary = "How hard a student wants the items of a course to be",
     .query = kPreferencesQuery,
     .reply_schema = "Preferences",
     .errors = kErrorsWithConflict,
     .tagged = true,
     .handle = &at_once<&get_preferences>},
    {.method = Method::Put,
     .path = "/v1/students/{student_id}/preferences",
     .operation = "setPreferences",
     .access = {Who::Student, "students:write"},
     .summary = "Set how hard the items of a course should be for a student",
     .query = kPreferencesQuery,
     .body_schema = "PreferencesRequest",
     .reply_schema = "Preferences",
     .errors = kErrorsWithConflict,
     .tagged = true,
     .conditional = true,
     .handle = &put<&get_preferences, &put_preferences>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/rules",
     .operation = "teachingRules",
     .access = {Who::Teacher, "courses:read"},
     .summary = "What may be recommended in a course, in which order and by when",
     .query = kRulesQuery,
     .reply_schema = "TeachingRulesReply",
     .errors = kErrors,
     .tagged = true,
     .handle = &at_once<&get_rules>},
    {.method = Method::Put,
     .path = "/v1/courses/{course_id}/rules",
     .operation = "setTeachingRules",
     .access = {Who::Teacher, "courses:write"},
     .summary = "Set the rules of a course, or of one student in it; they replace those before",
     .query = kRulesQuery,
     .body_schema = "TeachingRules",
     .reply_schema = "TeachingRulesReply",
     .errors = kErrors,
     .tagged = true,
     .conditional = true,
     .handle = &put<&get_rules, &put_rules>},
};

}  // namespace

std::span<const Route> guidance_routes() { return kRoutes; }

}  // namespace meno
