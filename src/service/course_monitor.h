// The monitor of a course: the runs it has, how well the one in service foresees, who is on trial,
// what was noticed, and what students say of recommendations.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/course_versions.h"
#include "service/course_watch.h"
#include "service/retraining.h"
#include "service/services.h"

namespace meno {

struct CourseMonitor {
  std::shared_ptr<const LiveCourse> course;  // of the version in service
  std::optional<WatchFigures> figures;       // absent without answers, or with adaptation off
  CourseTrial trial;
  std::vector<CourseAlarm> alarms;  // oldest first
  std::vector<Uptake> uptake;
  std::optional<RetrainingState> retraining;  // absent where it is off
};

/// Errors: NotFound (course), Unavailable.
Result<CourseMonitor> course_monitor(Services& services, const std::string& course_id);

/// The runs of a course under the run that the server was given, which comes first, as "given";
/// then oldest first. Errors: NotFound (course), Unavailable.
Result<std::vector<ModelRun>> course_runs(Services& services, const std::string& course_id);

/// Puts a registered run on trial. Errors: as CourseVersions::begin_trial; Unavailable where nobody
/// keeps versions.
Result<Done> begin_trial(Services& services, const std::string& course_id,
                         const std::string& version, double share, const ChangedBy& by);
/// Ends the trial of `version`: it serves everyone, or nobody. Errors: as CourseVersions::promote;
/// Unavailable where nobody keeps versions.
Result<Done> end_trial(Services& services, const std::string& course_id, std::string_view version,
                       bool promoted, const ChangedBy& by);

}  // namespace meno
