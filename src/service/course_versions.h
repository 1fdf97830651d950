// CourseVersions: which run serves a course, and how that changes: a run of its own is written
// beside the store, the change recorded, and only then do its students go over, one by one, while
// they are served. Whatever fails or dies on the way leaves the run before in service.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "service/services.h"
#include "store/served_runs.h"

namespace meno {

/// Since the server started.
struct VersionChanges {
  std::uint64_t swaps = 0;
  std::uint64_t rollbacks = 0;
};

/// Thread-safe. The services must outlive it.
class CourseVersions {
 public:
  /// Runs are kept in `folder`/<course>/<version>, and none is ever removed.
  CourseVersions(Services& services, std::filesystem::path folder);

  /// Puts every course under the run that served it last, as long as it came from the run that the
  /// server has been given; where its folder is gone or damaged, under the latest one before it.
  /// Call it before the first request. Errors: Unavailable.
  Result<Done> restore();
  /// `run` serves the course from now on, unless the version at `place` (ServedModel) no longer
  /// does: then Conflict. `figures` say why. Errors: NotFound (course); Unavailable when it cannot
  /// be written, and the run before stays.
  Result<ServedRun> swap(const std::string& course_id, const Run& run, std::uint64_t place,
                         const Json& figures);
  /// Back to what served before version `from`; the course then keeps it until resume(). Errors:
  /// NotFound (course); Conflict when `from` is not in service or is the run that the server was
  /// given; as load_run.
  Result<ServedRun> rollback(const std::string& course_id, std::string_view from);
  /// Lets the course adapt again after a rollback, as long as `version` serves it. Errors: NotFound
  /// (course), Conflict when it adapts already or another version serves; Unavailable.
  Result<ServedRun> resume(const std::string& course_id, std::string_view version);
  /// Rolled back, and not resumed.
  bool paused(std::string_view course_id) const;
  VersionChanges changes() const { return {.swaps = swaps_, .rollbacks = rollbacks_}; }
  /// All changes of a course under the run that the server has been given, oldest first. Errors:
  /// Unavailable.
  Result<std::vector<ServedRun>> log(std::string_view course_id) const;

 private:
  std::filesystem::path folder_of(std::string_view course_id, std::string_view version) const;
  /// The run of a row, ready to serve.
  Result<std::shared_ptr<const ServedModel>> served_by(const ServedRun& row) const;
  Result<ServedRun> record(const std::string& course_id, const char* action,
                           std::string_view version, const Json& figures);
  Result<Done> put_in_service(const ServedRun& row, std::shared_ptr<const ServedModel> served);
  Result<Done> restore_course(const std::string& course_id);
  void set_paused(const std::string& course_id, bool paused);

  Services& services_;
  const std::filesystem::path folder_;
  std::atomic<std::uint64_t> swaps_{0};
  std::atomic<std::uint64_t> rollbacks_{0};
  std::mutex changing_;  // one change at a time
  mutable std::mutex paused_mutex_;
  std::set<std::string, std::less<>> paused_;  // guarded by paused_mutex_
};

}  // namespace meno
