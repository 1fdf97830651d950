// The class page: mastery of every student and skill, and whom to see first.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "service/accounts/principal.h"
#include "service/services.h"
#include "teach/insight/insight.h"

namespace meno {

struct ClassStudent {
  StoredStudent student;
  TimePoint last_answered_at = kNoTime;
  std::vector<std::optional<double>>
      mastery;                          // per skill of the course; absent = not enough evidence
  std::vector<std::uint32_t> evidence;  // answers per skill of the course
};

struct ClassOverview {
  std::shared_ptr<const LiveCourse> course;
  std::vector<ClassStudent> students;
  std::vector<NeedsHelp> needs_help;  // `member` indexes `students`
};

/// Of the students whom `who` sees. Errors: NotFound (course), Unavailable.
Result<ClassOverview> class_overview(Services& services, const Principal& who,
                                     std::string_view course_id);

}  // namespace meno
