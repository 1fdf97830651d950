// A skill of a course as people name it.
#pragma once

#include <string_view>

#include "service/live_course.h"

namespace meno {

/// By its id, or its name in either language. Errors: NotFound, naming near ones.
Result<SkillId> find_skill(const LiveCourse& course, std::string_view name);

}  // namespace meno
