#include "service/course_versions.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "core/files.h"
#include "core/json.h"
#include "service/shared_runs.h"

namespace meno {
namespace {

using served_action::kCanary;
using served_action::kPromote;
using served_action::kResume;
using served_action::kRollback;
using served_action::kSwap;
using served_action::kWithdraw;
/// The folder of runs that servers were given: no course's, whose folders are named by a hash.
constexpr const char* kGiven = "given";

/// The same model at its place in the log.
std::shared_ptr<const ServedModel> at_place(const ServedModel& model, const ServedRun& row) {
  auto placed = std::make_shared<ServedModel>(model);
  placed->version = row.version;
  placed->place = row.no;
  placed->after_seq = row.after_seq;
  placed->since = row.at;
  return placed;
}

bool serves_everyone(const ServedRun& row) {
  return row.action != kCanary && row.action != kWithdraw;
}

/// The rows that say what serves everyone.
std::vector<ServedRun> serving_rows(const std::vector<ServedRun>& rows) {
  std::vector<ServedRun> serving;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(serving), &serves_everyone);
  return serving;
}

/// The version that was in service before the last `from` came: rows of resume change nothing.
std::string before(const std::vector<ServedRun>& rows, std::string_view from,
                   const std::string& base) {
  auto row = std::find_if(rows.rbegin(), rows.rend(), [&](const ServedRun& one) {
    return one.version == from && (one.action == kSwap || one.action == kPromote);
  });
  if (row != rows.rend()) ++row;
  return row == rows.rend() ? base : row->version;
}

}  // namespace

CourseVersions::CourseVersions(Services& services, std::filesystem::path folder)
    : services_(services), folder_(std::move(folder)) {}

std::filesystem::path CourseVersions::folder_of_course(std::string_view course_id) const {
  // A course id may hold anything; its hash makes a name that every file system takes.
  constexpr std::size_t kDigits = 16;
  return folder_ / content_hash(std::string(course_id)).substr(0, kDigits);
}

std::filesystem::path CourseVersions::folder_of(std::string_view course_id,
                                                std::string_view version) const {
  return folder_of_course(course_id) / version;
}

Result<std::vector<ServedRun>> CourseVersions::log(std::string_view course_id) const {
  MENO_TRY(std::vector<ServedRun> rows, services_.store.served_runs().of_course(course_id));
  const std::string& base = services_.courses.base()->version;
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [&base](const ServedRun& row) { return row.base != base; }),
             rows.end());
  return rows;
}

Result<Done> CourseVersions::keep_base() {
  const ServedModel& base = *services_.courses.base();
  const std::filesystem::path folder = folder_ / kGiven / base.version;
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored)) return Done{};
  return save_run(*base.run, folder);
}

Result<std::shared_ptr<const ServedModel>> CourseVersions::model_of(
    std::string_view course_id, std::string_view version) const {
  if (services_.courses.base()->version == version) return services_.courses.base();
  std::filesystem::path folder = folder_of(course_id, version);
  const ServedRun wanted{.course_id = std::string(course_id),
                         .action = {},
                         .version = std::string(version),
                         .base = {},
                         .figures = {}};
  MENO_TRY_DONE(fetch_run(services_.store, wanted, folder));
  std::error_code ignored;
  if (!std::filesystem::exists(folder, ignored)) folder = folder_ / kGiven / version;
  MENO_TRY(Run run, load_run(folder));
  std::shared_ptr<const ServedModel> model =
      served_model(std::make_shared<const Run>(std::move(run)));
  if (model->version == version) return model;
  return invalid_input(
      fmt::format("the run in {} is {} by its content, expected {}: a file of it was changed",
                  folder.string(), model->version, version));
}

Result<std::shared_ptr<const ServedModel>> CourseVersions::served_by(const ServedRun& row) const {
  const std::shared_ptr<const ServedModel>& base = services_.courses.base();
  if (row.version == base->version) return at_place(*base, row);
  const std::filesystem::path folder = folder_of(row.course_id, row.version);
  MENO_TRY_DONE(fetch_run(services_.store, row, folder));
  MENO_TRY(Run run, load_run(folder));
  return at_place(*served_model(std::make_shared<const Run>(std::move(run))), row);
}

Result<ServedRun> CourseVersions::record(const std::string& course_id, std::vector<ServedRun>& rows,
                                         const char* action, std::string_view version,
                                         const Json& figures) {
  const std::uint64_t last = rows.empty() ? 0 : rows.back().no;
  const ServedRun row{.no = 0,
                      .course_id = course_id,
                      .action = action,
                      .version = std::string(version),
                      .base = services_.courses.base()->version,
                      .at = services_.clock.now(),
                      .after_seq = 0,
                      .figures = figures.dump()};
  MENO_TRY(ServedRun added, services_.store.served_runs().append_after(row, last));
  rows.push_back(added);
  return added;
}

/// Students in use go over before the course does, so that no request has to wait for a replay.
Result<Done> CourseVersions::put_in_service(const ServedRun& row,
                                            std::shared_ptr<const ServedModel> served) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course,
           services_.courses.under(row.course_id, std::move(served)));
  for (const std::shared_ptr<LiveStudent>& student : services_.students.of_course(row.course_id)) {
    MENO_TRY_DONE(student->move_to(course));
  }
  services_.courses.publish(course);
  return Done{};
}

Result<Done> CourseVersions::restore_course(const std::string& course_id) {
  MENO_TRY(const std::vector<ServedRun> all, log(course_id));
  const std::vector<ServedRun> rows = serving_rows(all);
  set_paused(course_id, !rows.empty() && rows.back().action == kRollback);
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const Result<std::shared_ptr<const ServedModel>> served = served_by(*row);
    if (served) {
      MENO_TRY_DONE(put_in_service(*row, *served));
      break;
    }
    spdlog::error("course {} goes back to the run before {}: {}", course_id, row->version,
                  served.error().message);
  }
  return restore_trial(course_id, all);
}

Result<Done> CourseVersions::restore() {
  MENO_TRY(const std::vector<CourseSummary> courses, services_.store.courses().list());
  for (const CourseSummary& course : courses) {
    MENO_TRY_DONE(restore_course(course.id));
  }
  return Done{};
}

Result<Done> CourseVersions::follow_course(const std::string& course_id) {
  MENO_TRY(const std::vector<ServedRun> rows, log(course_id));
  if (rows.empty()) return Done{};
  const std::vector<ServedRun> serving = serving_rows(rows);
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  if (!serving.empty() && now->served().version != serving.back().version) {
    forget_trial(course_id);
    return restore_course(course_id);
  }
  set_paused(course_id, !serving.empty() && serving.back().action == kRollback);
  return catch_up_trial(course_id, rows);
}

Result<Done> CourseVersions::follow(const std::string& course_id) {
  const std::lock_guard lock(changing_);
  if (!course_id.empty()) return follow_course(course_id);
  MENO_TRY(const std::vector<CourseSummary> courses, services_.store.courses().list());
  for (const CourseSummary& course : courses) {
    MENO_TRY_DONE(follow_course(course.id));
  }
  return Done{};
}

Result<std::vector<ServedRun>> CourseVersions::followed_log(const std::string& course_id) {
  if (services_.store.neighbours().possible()) {
    MENO_TRY_DONE(follow_course(course_id));
  }
  return log(course_id);
}

Result<ServedRun> CourseVersions::swap(const std::string& course_id, const Run& run,
                                       std::uint64_t place, const Json& figures) {
  const std::lock_guard lock(changing_);
  MENO_TRY(std::vector<ServedRun> rows, followed_log(course_id));
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  if (now->served().place != place || paused(course_id)) {
    return conflict(
        fmt::format("version {} serves course \"{}\" by now, expected the one that was outdone",
                    now->served().version, course_id));
  }
  MENO_TRY(const std::string version, write_run(course_id, run, "adapted"));
  MENO_TRY_DONE(drop_trial(course_id, rows, {{"swapped_to", version}}));
  MENO_TRY(const ServedRun row, record(course_id, rows, kSwap, version, figures));
  MENO_TRY(const std::shared_ptr<const ServedModel> served, served_by(row));
  MENO_TRY_DONE(put_in_service(row, served));
  ++swaps_;
  spdlog::info("course {} is served by run {} now: {}", course_id, version, row.figures);
  mark_swapped(course_id, now->served().version, version, figures);
  note(kSwap, course_id, version, {});
  return row;
}

Result<ServedRun> CourseVersions::rollback(const std::string& course_id, std::string_view from,
                                           const ChangedBy& by) {
  const std::lock_guard lock(changing_);
  MENO_TRY(std::vector<ServedRun> rows, followed_log(course_id));
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  const std::string& base = services_.courses.base()->version;
  if (now->served().version != from || from == base) {
    return conflict(
        fmt::format("version \"{}\" to go back from, expected the one in service, {}, and that it "
                    "is not {}, the run that the server was given",
                    from, now->served().version, base));
  }
  const std::string version = before(serving_rows(rows), from, base);
  // Loaded before it is recorded: a run that is gone must not end up in service.
  MENO_TRY_DONE(served_by({.no = 0,
                           .course_id = course_id,
                           .action = {},
                           .version = version,
                           .base = {},
                           .figures = {}}));
  MENO_TRY_DONE(drop_trial(course_id, rows, {{"rolled_back", from}}));
  MENO_TRY(const ServedRun row, record(course_id, rows, kRollback, version, {{"from", from}}));
  set_paused(course_id, true);
  MENO_TRY(const std::shared_ptr<const ServedModel> served, served_by(row));
  MENO_TRY_DONE(put_in_service(row, served));
  ++rollbacks_;
  mark_swapped(course_id, from, version, {{"rolled_back", from}});
  note(kRollback, course_id, from, by);
  return row;
}

Result<ServedRun> CourseVersions::resume(const std::string& course_id, std::string_view version,
                                         const ChangedBy& by) {
  const std::lock_guard lock(changing_);
  MENO_TRY(std::vector<ServedRun> rows, followed_log(course_id));
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  if (!paused(course_id) || now->served().version != version) {
    return conflict(fmt::format(
        "course \"{}\" with version \"{}\", expected one that was rolled back and is served by it",
        course_id, version));
  }
  MENO_TRY(const ServedRun row, record(course_id, rows, kResume, version, Json::object()));
  set_paused(course_id, false);
  note(kResume, course_id, version, by);
  return row;
}

bool CourseVersions::paused(std::string_view course_id) const {
  const std::lock_guard lock(paused_mutex_);
  return paused_.contains(course_id);
}

void CourseVersions::set_paused(const std::string& course_id, bool paused) {
  const std::lock_guard lock(paused_mutex_);
  if (paused) {
    paused_.insert(course_id);
  } else {
    paused_.erase(course_id);
  }
}

}  // namespace meno
