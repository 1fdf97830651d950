// The model of a course: which version serves it, how well it foresees, what challenges it, and the
// way back.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service/course_versions.h"
#include "service/course_watch.h"
#include "service/services.h"
#include "store/served_runs.h"

namespace meno {

/// What adaptation is doing with a course.
enum class AdaptState {
  Off,         // the server was told not to
  NamesItems,  // the server's run belongs to its own course
  Waiting,     // for more answers
  Watching,    // a challenger is being judged
  Paused,      // it was rolled back
};

/// The state's name in replies, e.g. "names_items".
std::string_view name_of(AdaptState state);

struct CourseModel {
  std::shared_ptr<const LiveCourse> course;  // of the version in service
  std::string base;                          // version of the run that the server was given
  AdaptState state = AdaptState::Off;
  std::optional<WatchFigures> figures;  // absent without answers, or with adaptation off
  std::vector<ServedRun> changes;       // oldest first
};

/// Errors: NotFound (course), Unavailable.
Result<CourseModel> course_model(Services& services, const std::string& course_id);

/// As CourseVersions::rollback, then course_model(). Errors also: Unavailable where nobody keeps
/// versions.
Result<CourseModel> rollback_model(Services& services, const std::string& course_id,
                                   std::string_view from, const ChangedBy& by);
/// As CourseVersions::resume, then course_model(). Errors also: as rollback_model.
Result<CourseModel> resume_adapting(Services& services, const std::string& course_id,
                                    std::string_view version, const ChangedBy& by);

}  // namespace meno
