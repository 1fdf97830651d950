#include "service/course_model.h"

#include <array>

#include "service/adaptation.h"
#include "service/course_versions.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 5> kStates{"off", "names_items", "waiting", "watching",
                                                  "paused"};

AdaptState state_of(const Services& services, const std::string& course_id,
                    const std::optional<WatchFigures>& figures) {
  if (services.adaptation == nullptr) return AdaptState::Off;
  if (!services.adaptation->can_adapt()) return AdaptState::NamesItems;
  if (services.versions->paused(course_id)) return AdaptState::Paused;
  return figures && figures->tuned_on > 0 ? AdaptState::Watching : AdaptState::Waiting;
}

Error nobody_keeps_versions() {
  return unavailable("this server keeps no versions, expected one started by meno serve");
}

}  // namespace

std::string_view name_of(AdaptState state) { return kStates[static_cast<std::size_t>(state)]; }

Result<CourseModel> course_model(Services& services, const std::string& course_id) {
  CourseModel model;
  MENO_TRY(model.course, services.courses.find(course_id));
  model.base = services.courses.base()->version;
  if (services.adaptation != nullptr) model.figures = services.adaptation->figures(course_id);
  model.state = state_of(services, course_id, model.figures);
  if (services.versions != nullptr) {
    MENO_TRY(model.changes, services.versions->log(course_id));
  }
  return model;
}

Result<CourseModel> rollback_model(Services& services, const std::string& course_id,
                                   std::string_view from, const ChangedBy& by) {
  if (services.versions == nullptr) return nobody_keeps_versions();
  MENO_TRY_DONE(services.versions->rollback(course_id, from, by));
  return course_model(services, course_id);
}

Result<CourseModel> resume_adapting(Services& services, const std::string& course_id,
                                    std::string_view version, const ChangedBy& by) {
  if (services.versions == nullptr) return nobody_keeps_versions();
  MENO_TRY_DONE(services.versions->resume(course_id, version, by));
  return course_model(services, course_id);
}

}  // namespace meno
