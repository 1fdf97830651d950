// A course's readings, videos, worked examples, exercises and projects.
#include <array>

#include "core/json.h"
#include "http/body.h"
#include "http/routes.h"
#include "service/accounts/sight.h"
#include "service/course_resources.h"

namespace meno {
namespace {

Result<std::string> get_resources(Services& services, RouteCall& call) {
  MENO_TRY_DONE(services.courses.find(call.path(0)));
  MENO_TRY(const std::vector<CourseResource> resources, services.guidance.resources(call.path(0)));
  Json reply = resources_json(resources);
  reply["course_id"] = call.path(0);
  return reply.dump();
}

Result<std::string> put_resources(Services& services, RouteCall& call) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(call.path(0)));
  MENO_TRY_DONE(check_resources_fields(call.body()));
  MENO_TRY(const std::vector<CourseResource> resources, parse_resources(call.body()));
  MENO_TRY_DONE(check_sees_all_of(services, call.caller(), call.path(0)));
  MENO_TRY_DONE(services.guidance.set_resources(course, resources, services.clock.now()));
  return get_resources(services, call);
}

constexpr std::array kErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/resources",
     .operation = "courseResources",
     .access = {Who::Student, "courses:read"},
     .summary = "What can be read, watched or done in a course beside its items",
     .query = {},
     .reply_schema = "CourseResourcesReply",
     .errors = kErrors,
     .handle = &at_once<&get_resources>},
    {.method = Method::Put,
     .path = "/v1/courses/{course_id}/resources",
     .operation = "setCourseResources",
     .access = {Who::Teacher, "courses:write"},
     .summary = "List the resources of a course; they replace those before",
     .query = {},
     .body_schema = "CourseResources",
     .reply_schema = "CourseResourcesReply",
     .errors = kErrors,
     .handle = &at_once<&put_resources>},
};

}  // namespace

std::span<const Route> resource_routes() { return kRoutes; }

}  // namespace meno
