// To add a resource: write routes/<resource>.cc, declare its table in routes.h, add its row.
#include "http/routes.h"

#include <array>

namespace meno {

std::span<const std::span<const Route>> all_routes() {
  static const std::array tables = {
      course_routes(),   course_model_routes(),   course_monitor_routes(), event_routes(),
      student_routes(),  recommendation_routes(), answer_routes(),         guidance_routes(),
      resource_routes(), explanation_routes(),    plan_routes(),           test_routes(),
      session_routes(),  openid_routes(),         credential_routes(),     roster_routes(),
      system_routes(),   monitoring_routes()};
  return tables;
}

}  // namespace meno
