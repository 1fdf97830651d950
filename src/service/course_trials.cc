// The part of CourseVersions that is about runs which do not serve everyone: registered, on trial,
// promoted, withdrawn.
#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "core/json.h"
#include "service/course_versions.h"
#include "service/shared_runs.h"

namespace meno {
namespace {

using served_action::kCanary;
using served_action::kPromote;
using served_action::kWithdraw;

constexpr const char* kCandidate = "candidate";
constexpr const char* kRetired = "retired";
constexpr const char* kServing = "serving";

/// The same model at its place in the log.
std::shared_ptr<const ServedModel> placed(const ServedModel& model, const ServedRun& row) {
  auto moved = std::make_shared<ServedModel>(model);
  moved->place = row.no;
  return moved;
}

double share_in(const ServedRun& row) {
  const Result<Json> figures = parse_json(row.figures, "a row of served runs");
  if (!figures || !figures->is_object()) return 0.0;
  return figures->value("share", 0.0);
}

std::size_t trials_in(const std::vector<ServedRun>& rows) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [](const ServedRun& row) { return row.action == kCanary; }));
}

}  // namespace

void CourseVersions::note(std::string_view action, const std::string& course_id,
                          std::string_view version, const ChangedBy& by) const {
  const AuditNote said{.at = services_.clock.now(),
                       .actor = std::string(by.actor),
                       .action = fmt::format("model_{}", action),
                       .target = course_id,
                       .detail = std::string(version),
                       .request_id = std::string(by.request_id)};
  if (const Result<Done> noted = services_.store.audit().append(said); !noted)
    spdlog::error("a change of model is not in the audit log: {}", noted.error().message);
}

void CourseVersions::mark(const std::string& course_id, std::string_view version,
                          std::string_view state, double share, const Json& figures) {
  const Result<std::vector<ModelRun>> runs = services_.store.model_runs().of_course(course_id);
  if (!runs) return;
  for (const ModelRun& run : *runs) {
    if (run.version != version || run.base != services_.courses.base()->version) continue;
    ModelRun changed = run;
    changed.state = state;
    changed.share = share;
    changed.figures = figures.dump();
    changed.changed_at = services_.clock.now();
    if (const Result<Done> put = services_.store.model_runs().put(changed); !put)
      spdlog::error("the registry does not know that a run is {}: {}", state, put.error().message);
  }
}

void CourseVersions::mark_swapped(const std::string& course_id, std::string_view from,
                                  std::string_view to, const Json& figures) {
  mark(course_id, from, kRetired, 0.0, figures);
  mark(course_id, to, kServing, 1.0, figures);
}

Result<std::string> CourseVersions::write_run(const std::string& course_id, const Run& run,
                                              std::string_view origin) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  std::string version = version_of(run);
  MENO_TRY_DONE(save_run(run, folder_of(course_id, version)));
  MENO_TRY_DONE(share_run(services_.store, course_id, version, folder_of(course_id, version)));
  const TimePoint at = services_.clock.now();
  MENO_TRY_DONE(services_.store.model_runs().put({.course_id = course_id,
                                                  .version = version,
                                                  .parent = now->served().version,
                                                  .base = services_.courses.base()->version,
                                                  .origin = std::string(origin),
                                                  .model = run.model_name,
                                                  .data_hash = run.data_hash,
                                                  .simulated = run.simulated,
                                                  .made_at = at,
                                                  .metrics = run.metrics.dump(),
                                                  .state = kCandidate,
                                                  .changed_at = at,
                                                  .figures = "{}"}));
  return version;
}

Result<std::string> CourseVersions::register_run(const std::string& course_id, const Run& run,
                                                 std::string_view origin) {
  const std::lock_guard lock(changing_);
  MENO_TRY(std::string version, write_run(course_id, run, origin));
  note("candidate", course_id, version, {});
  return version;
}

CourseTrial CourseVersions::trial(std::string_view course_id) const {
  const std::lock_guard lock(paused_mutex_);
  const auto found = trials_.find(course_id);
  return found == trials_.end() ? CourseTrial() : found->second;
}

void CourseVersions::forget_trial(const std::string& course_id) {
  services_.students.end_trial(course_id);
  const std::lock_guard lock(paused_mutex_);
  trials_.erase(course_id);
}

Result<Done> CourseVersions::drop_trial(const std::string& course_id, std::vector<ServedRun>& rows,
                                        const Json& figures) {
  const CourseTrial running = trial(course_id);
  if (running.model == nullptr) return Done{};
  MENO_TRY_DONE(record(course_id, rows, kWithdraw, running.model->version, figures));
  mark(course_id, running.model->version, kRetired, 0.0, figures);
  forget_trial(course_id);
  return Done{};
}

Result<CourseTrial> CourseVersions::on_trial(const std::string& course_id,
                                             std::string_view version) const {
  CourseTrial running = trial(course_id);
  if (running.model != nullptr && running.model->version == version) return running;
  return conflict(fmt::format("version \"{}\" of course \"{}\", expected the one on trial: {}",
                              version, course_id,
                              running.model ? running.model->version : "there is none"));
}

/// Students of the share who are being served go over at once, the others of it as they come.
Result<Done> CourseVersions::serve_some(const ServedRun& row,
                                        std::shared_ptr<const ServedModel> model, double share,
                                        std::size_t number) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> candidate,
           services_.courses.under(row.course_id, model));
  for (const std::shared_ptr<LiveStudent>& student : services_.students.of_course(row.course_id)) {
    if (!in_trial(row.course_id, row.version, student->id(), share)) continue;
    MENO_TRY_DONE(student->move_to(candidate));
  }
  services_.students.begin_trial(candidate, share);
  const std::lock_guard lock(paused_mutex_);
  trials_[row.course_id] = {.model = std::move(model), .share = share, .number = number};
  return Done{};
}

Result<ServedRun> CourseVersions::begin_trial(const std::string& course_id,
                                              const std::string& version, double share,
                                              const Json& figures, const ChangedBy& by) {
  const std::lock_guard lock(changing_);
  MENO_TRY(std::vector<ServedRun> rows, followed_log(course_id));
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  const CourseTrial running = trial(course_id);
  if (paused(course_id) || running.model != nullptr || now->served().version == version) {
    return conflict(fmt::format(
        "version {} of course \"{}\", expected one that does not serve, of a course that is not "
        "paused and has none on trial",
        version, course_id));
  }
  MENO_TRY_DONE(model_of(course_id, version));  // before it is recorded: it must be there
  Json why = figures;
  why["share"] = share;
  MENO_TRY(const ServedRun row, record(course_id, rows, kCanary, version, why));
  MENO_TRY(const std::shared_ptr<const ServedModel> model, served_by(row));
  MENO_TRY_DONE(serve_some(row, model, share, trials_in(rows)));
  mark(course_id, version, kCanary, share, figures);
  note(kCanary, course_id, version, by);
  spdlog::info("run {} serves {} of the students of course {} on trial", version, share, course_id);
  return row;
}

Result<ServedRun> CourseVersions::promote(const std::string& course_id, std::string_view version,
                                          const Json& figures, const ChangedBy& by) {
  const std::lock_guard lock(changing_);
  MENO_TRY(std::vector<ServedRun> rows, followed_log(course_id));
  MENO_TRY_DONE(on_trial(course_id, version));
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  MENO_TRY(const ServedRun row, record(course_id, rows, kPromote, version, figures));
  MENO_TRY(const std::shared_ptr<const ServedModel> model, served_by(row));
  forget_trial(course_id);
  MENO_TRY_DONE(put_in_service(row, model));
  mark_swapped(course_id, now->served().version, version, figures);
  note(kPromote, course_id, version, by);
  spdlog::info("course {} is served by run {} now: {}", course_id, version, row.figures);
  return row;
}

Result<ServedRun> CourseVersions::withdraw(const std::string& course_id, std::string_view version,
                                           const Json& figures, const ChangedBy& by) {
  const std::lock_guard lock(changing_);
  MENO_TRY(std::vector<ServedRun> rows, followed_log(course_id));
  MENO_TRY_DONE(on_trial(course_id, version));
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  MENO_TRY(const ServedRun row, record(course_id, rows, kWithdraw, version, figures));
  forget_trial(course_id);
  // The version in service again, at a later place, so that its students come back.
  MENO_TRY_DONE(put_in_service(row, placed(now->served(), row)));
  mark(course_id, version, kRetired, 0.0, figures);
  note(kWithdraw, course_id, version, by);
  spdlog::info("run {} of course {} is withdrawn: {}", version, course_id, row.figures);
  return row;
}

Result<Done> CourseVersions::restore_trial(const std::string& course_id,
                                           std::vector<ServedRun> rows) {
  if (rows.empty() || rows.back().action != kCanary) return Done{};
  const ServedRun row = rows.back();
  const Result<std::shared_ptr<const ServedModel>> model = served_by(row);
  if (model) return serve_some(row, *model, share_in(row), trials_in(rows));
  spdlog::error("the trial of run {} in course {} ends: {}", row.version, course_id,
                model.error().message);
  const Json why = {{"error", model.error().message}};
  MENO_TRY_DONE(record(course_id, rows, kWithdraw, row.version, why));
  mark(course_id, row.version, kRetired, 0.0, why);
  return Done{};
}

Result<Done> CourseVersions::catch_up_trial(const std::string& course_id,
                                            const std::vector<ServedRun>& rows) {
  const ServedRun& last = rows.back();
  const CourseTrial running = trial(course_id);
  const bool wanted = last.action == kCanary;
  if (running.model == nullptr) return wanted ? restore_trial(course_id, rows) : Done{};
  if (wanted && running.model->place == last.no) return Done{};
  forget_trial(course_id);
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  // The version in service again, at a later place, so that the trial's students come back.
  MENO_TRY_DONE(put_in_service(last, placed(now->served(), last)));
  return restore_trial(course_id, rows);
}

}  // namespace meno
