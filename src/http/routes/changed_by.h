// Who changes what serves a course, as a request says it.
#pragma once

#include "http/route.h"
#include "service/course_versions.h"

namespace meno {

/// Views `call`.
inline ChangedBy changed_by(const RouteCall& call) {
  return {.actor = call.caller().id, .request_id = call.request_id()};
}

}  // namespace meno
