#include "service/course_monitor.h"

#include "core/json.h"
#include "service/adaptation.h"

namespace meno {
namespace {

Error nobody_keeps_versions() {
  return unavailable("this server keeps no versions, expected one started by meno serve");
}

Json figures_of(const ChangedBy& by) { return {{"by", by.actor}}; }

/// The run that the server was given, as a row: it is in no registry.
ModelRun given_run(const Services& services, const LiveCourse& course) {
  const ServedModel& base = *services.courses.base();
  return {.course_id = course.id(),
          .version = base.version,
          .parent = "",
          .base = base.version,
          .origin = "given",
          .model = base.run->model_name,
          .data_hash = base.run->data_hash,
          .simulated = base.run->simulated,
          .made_at = kNoTime,
          .metrics = base.run->metrics.dump(),
          .state = course.served().version == base.version ? "serving" : "retired",
          .changed_at = kNoTime,
          .figures = "{}"};
}

}  // namespace

Result<CourseMonitor> course_monitor(Services& services, const std::string& course_id) {
  CourseMonitor monitor;
  MENO_TRY(monitor.course, services.courses.find(course_id));
  if (services.adaptation != nullptr) monitor.figures = services.adaptation->figures(course_id);
  if (services.versions != nullptr) monitor.trial = services.versions->trial(course_id);
  if (services.retraining != nullptr) monitor.retraining = services.retraining->state(course_id);
  MENO_TRY(monitor.alarms, services.store.model_runs().alarms(course_id));
  MENO_TRY(monitor.uptake, services.store.recommendations().uptake(course_id));
  return monitor;
}

Result<std::vector<ModelRun>> course_runs(Services& services, const std::string& course_id) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(course_id));
  MENO_TRY(const std::vector<ModelRun> all, services.store.model_runs().of_course(course_id));
  std::vector<ModelRun> runs{given_run(services, *course)};
  for (const ModelRun& run : all) {
    if (run.base == services.courses.base()->version) runs.push_back(run);
  }
  return runs;
}

Result<Done> begin_trial(Services& services, const std::string& course_id,
                         const std::string& version, double share, const ChangedBy& by) {
  if (services.versions == nullptr) return nobody_keeps_versions();
  MENO_TRY_DONE(services.versions->begin_trial(course_id, version, share, figures_of(by), by));
  return Done{};
}

Result<Done> end_trial(Services& services, const std::string& course_id, std::string_view version,
                       bool promoted, const ChangedBy& by) {
  if (services.versions == nullptr) return nobody_keeps_versions();
  const Json why = figures_of(by);
  MENO_TRY_DONE(promoted ? services.versions->promote(course_id, version, why, by)
                         : services.versions->withdraw(course_id, version, why, by));
  return Done{};
}

}  // namespace meno
