// All routes of the API, one table a resource.
#pragma once

#include <span>

#include "http/route.h"

namespace meno {

std::span<const Route> answer_routes();
std::span<const Route> course_routes();
std::span<const Route> course_model_routes();
std::span<const Route> course_monitor_routes();
std::span<const Route> guidance_routes();
std::span<const Route> monitoring_routes();
std::span<const Route> explanation_routes();
std::span<const Route> plan_routes();
std::span<const Route> credential_routes();
std::span<const Route> resource_routes();
std::span<const Route> roster_routes();
std::span<const Route> event_routes();
std::span<const Route> openid_routes();
std::span<const Route> recommendation_routes();
std::span<const Route> session_routes();
std::span<const Route> student_routes();
std::span<const Route> system_routes();
std::span<const Route> test_routes();

/// The tables in the order of the documentation.
std::span<const std::span<const Route>> all_routes();

}  // namespace meno
