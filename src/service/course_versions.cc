#include "service/course_versions.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "core/files.h"

namespace meno {
namespace {

constexpr const char* kSwap = "swap";
constexpr const char* kRollback = "rollback";
constexpr const char* kResume = "resume";

/// The same model at its place in the log.
std::shared_ptr<const ServedModel> at_place(const ServedModel& model, const ServedRun& row) {
  auto placed = std::make_shared<ServedModel>(model);
  placed->version = row.version;
  placed->place = row.no;
  placed->after_seq = row.after_seq;
  placed->since = row.at;
  return placed;
}

/// The version that was in service before the last `from` came: rows of resume change nothing.
std::string before(const std::vector<ServedRun>& rows, std::string_view from,
                   const std::string& base) {
  auto row = std::find_if(rows.rbegin(), rows.rend(), [&](const ServedRun& one) {
    return one.version == from && one.action == kSwap;
  });
  if (row != rows.rend()) ++row;
  return row == rows.rend() ? base : row->version;
}

}  // namespace

CourseVersions::CourseVersions(Services& services, std::filesystem::path folder)
    : services_(services), folder_(std::move(folder)) {}

std::filesystem::path CourseVersions::folder_of(std::string_view course_id,
                                                std::string_view version) const {
  // A course id may hold anything; its hash makes a name that every file system takes.
  constexpr std::size_t kDigits = 16;
  return folder_ / content_hash(std::string(course_id)).substr(0, kDigits) / version;
}

Result<std::vector<ServedRun>> CourseVersions::log(std::string_view course_id) const {
  MENO_TRY(std::vector<ServedRun> rows, services_.store.served_runs().of_course(course_id));
  const std::string& base = services_.courses.base()->version;
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [&base](const ServedRun& row) { return row.base != base; }),
             rows.end());
  return rows;
}

Result<std::shared_ptr<const ServedModel>> CourseVersions::served_by(const ServedRun& row) const {
  const std::shared_ptr<const ServedModel>& base = services_.courses.base();
  if (row.version == base->version) return at_place(*base, row);
  MENO_TRY(Run run, load_run(folder_of(row.course_id, row.version)));
  return at_place(*served_model(std::make_shared<const Run>(std::move(run))), row);
}

Result<ServedRun> CourseVersions::record(const std::string& course_id, const char* action,
                                         std::string_view version, const Json& figures) {
  return services_.store.served_runs().append({.no = 0,
                                               .course_id = course_id,
                                               .action = action,
                                               .version = std::string(version),
                                               .base = services_.courses.base()->version,
                                               .at = services_.clock.now(),
                                               .after_seq = 0,
                                               .figures = figures.dump()});
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
  MENO_TRY(const std::vector<ServedRun> rows, log(course_id));
  if (rows.empty()) return Done{};
  set_paused(course_id, rows.back().action == kRollback);
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const Result<std::shared_ptr<const ServedModel>> served = served_by(*row);
    if (served) return put_in_service(*row, *served);
    spdlog::error("course {} goes back to the run before {}: {}", course_id, row->version,
                  served.error().message);
  }
  return Done{};
}

Result<Done> CourseVersions::restore() {
  MENO_TRY(const std::vector<CourseSummary> courses, services_.store.courses().list());
  for (const CourseSummary& course : courses) {
    MENO_TRY_DONE(restore_course(course.id));
  }
  return Done{};
}

Result<ServedRun> CourseVersions::swap(const std::string& course_id, const Run& run,
                                       std::uint64_t place, const Json& figures) {
  const std::lock_guard lock(changing_);
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  if (now->served().place != place || paused(course_id)) {
    return conflict(
        fmt::format("version {} serves course \"{}\" by now, expected the one that was outdone",
                    now->served().version, course_id));
  }
  const std::string version = version_of(run);
  MENO_TRY_DONE(save_run(run, folder_of(course_id, version)));
  MENO_TRY(const ServedRun row, record(course_id, kSwap, version, figures));
  MENO_TRY(const std::shared_ptr<const ServedModel> served, served_by(row));
  MENO_TRY_DONE(put_in_service(row, served));
  ++swaps_;
  spdlog::info("course {} is served by run {} now: {}", course_id, version, row.figures);
  return row;
}

Result<ServedRun> CourseVersions::rollback(const std::string& course_id, std::string_view from) {
  const std::lock_guard lock(changing_);
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  const std::string& base = services_.courses.base()->version;
  if (now->served().version != from || from == base) {
    return conflict(
        fmt::format("version \"{}\" to go back from, expected the one in service, {}, and that it "
                    "is not {}, the run that the server was given",
                    from, now->served().version, base));
  }
  MENO_TRY(const std::vector<ServedRun> rows, log(course_id));
  const std::string version = before(rows, from, base);
  // Loaded before it is recorded: a run that is gone must not end up in service.
  MENO_TRY_DONE(served_by({.no = 0,
                           .course_id = course_id,
                           .action = {},
                           .version = version,
                           .base = {},
                           .figures = {}}));
  MENO_TRY(const ServedRun row, record(course_id, kRollback, version, {{"from", from}}));
  set_paused(course_id, true);
  MENO_TRY(const std::shared_ptr<const ServedModel> served, served_by(row));
  MENO_TRY_DONE(put_in_service(row, served));
  ++rollbacks_;
  return row;
}

Result<ServedRun> CourseVersions::resume(const std::string& course_id, std::string_view version) {
  const std::lock_guard lock(changing_);
  MENO_TRY(const std::shared_ptr<const LiveCourse> now, services_.courses.find(course_id));
  if (!paused(course_id) || now->served().version != version) {
    return conflict(fmt::format(
        "course \"{}\" with version \"{}\", expected one that was rolled back and is served by it",
        course_id, version));
  }
  MENO_TRY(const ServedRun row, record(course_id, kResume, version, Json::object()));
  set_paused(course_id, false);
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
