// CourseVersions: which run serves a course, and how that changes: a run of its own is written
// beside the store, the change recorded, and only then do its students go over, one by one, while
// they are served. Whatever fails or dies on the way leaves the run before in service.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_fwd.h"
#include "service/services.h"
#include "store/served_runs.h"

namespace meno {

/// A candidate that serves some students of a course.
struct CourseTrial {
  std::shared_ptr<const ServedModel> model;  // its after_seq: the last answer before the trial
  double share = 0.0;
  std::size_t number = 0;  // the course's first, second, ... under the given run
};

/// Who changes what serves a course, for the audit log; nobody: the server itself.
struct ChangedBy {
  std::string_view actor = {};  // account or key id; "command line"
  std::string_view request_id = {};
};

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
  /// Puts the course under the run that another server has put it under since; "": every course.
  /// Errors: Unavailable.
  Result<Done> follow(const std::string& course_id);
  /// `run` serves the course from now on, unless the version at `place` (ServedModel) no longer
  /// does: then Conflict. `figures` say why. Errors: NotFound (course); Unavailable when it cannot
  /// be written, and the run before stays.
  Result<ServedRun> swap(const std::string& course_id, const Run& run, std::uint64_t place,
                         const Json& figures);
  /// Registers a run of the course: it serves nobody yet. `origin` as ModelRun. Errors: NotFound
  /// (course); Unavailable when it cannot be written.
  Result<std::string> register_run(const std::string& course_id, const Run& run,
                                   std::string_view origin);
  /// `version`, registered, serves `share` of the students from now on, on trial: as a canary.
  /// `figures` say why. Errors: NotFound (course, run); Conflict when the course is paused, another
  /// is on trial, or `version` serves already; as load_run; Unavailable.
  Result<ServedRun> begin_trial(const std::string& course_id, const std::string& version,
                                double share, const Json& figures, const ChangedBy& by = {});
  /// The candidate on trial serves everyone. Errors: Conflict when `version` is not on trial;
  /// Unavailable.
  Result<ServedRun> promote(const std::string& course_id, std::string_view version,
                            const Json& figures, const ChangedBy& by = {});
  /// The candidate on trial serves nobody any more. Errors: as promote().
  Result<ServedRun> withdraw(const std::string& course_id, std::string_view version,
                             const Json& figures, const ChangedBy& by = {});
  /// Who is on trial; its model is null when nobody is.
  CourseTrial trial(std::string_view course_id) const;
  /// Back to what served before version `from`; the course then keeps it until resume(). Errors:
  /// NotFound (course); Conflict when `from` is not in service or is the run that the server was
  /// given; as load_run.
  Result<ServedRun> rollback(const std::string& course_id, std::string_view from,
                             const ChangedBy& by = {});
  /// Lets the course adapt again after a rollback, as long as `version` serves it. Errors: NotFound
  /// (course), Conflict when it adapts already or another version serves; Unavailable.
  Result<ServedRun> resume(const std::string& course_id, std::string_view version,
                           const ChangedBy& by = {});
  /// Rolled back, and not resumed.
  bool paused(std::string_view course_id) const;
  /// Keeps the run that the server was given beside the others, so that what it said can be made
  /// again when another one is given. Errors: as save_run.
  Result<Done> keep_base();
  /// A version that serves the course, or has. Errors: NotFound; InvalidInput for a damaged run.
  Result<std::shared_ptr<const ServedModel>> model_of(std::string_view course_id,
                                                      std::string_view version) const;
  /// Where the runs of a course are kept.
  std::filesystem::path folder_of_course(std::string_view course_id) const;
  VersionChanges changes() const { return {.swaps = swaps_, .rollbacks = rollbacks_}; }
  /// All changes of a course under the run that the server has been given, oldest first. Errors:
  /// Unavailable.
  Result<std::vector<ServedRun>> log(std::string_view course_id) const;

 private:
  std::filesystem::path folder_of(std::string_view course_id, std::string_view version) const;
  /// What follow() does. Holds changing_.
  Result<Done> follow_course(const std::string& course_id);
  /// The rows of a course as they stand, nothing of them still to follow. Holds changing_.
  Result<std::vector<ServedRun>> followed_log(const std::string& course_id);
  /// The run of a row, ready to serve; from the store where the folder lacks it.
  Result<std::shared_ptr<const ServedModel>> served_by(const ServedRun& row) const;
  /// Adds a row to the log and to `rows`, unless one has come after those: then Conflict.
  Result<ServedRun> record(const std::string& course_id, std::vector<ServedRun>& rows,
                           const char* action, std::string_view version, const Json& figures);
  /// Holds changing_. Errors: Conflict.
  Result<CourseTrial> on_trial(const std::string& course_id, std::string_view version) const;
  Result<Done> serve_some(const ServedRun& row, std::shared_ptr<const ServedModel> model,
                          double share, std::size_t number);
  /// Ends a trial without more ado: what serves everyone is about to change.
  Result<Done> drop_trial(const std::string& course_id, std::vector<ServedRun>& rows,
                          const Json& figures);
  void forget_trial(const std::string& course_id);
  Result<Done> restore_trial(const std::string& course_id, std::vector<ServedRun> rows);
  /// Begins or ends a trial here that another server has begun or ended.
  Result<Done> catch_up_trial(const std::string& course_id, const std::vector<ServedRun>& rows);
  /// Says in the registry what became of a run, and keeps a note of it in the audit log. A run that
  /// is not registered is passed over.
  void mark(const std::string& course_id, std::string_view version, std::string_view state,
            double share, const Json& figures);
  void mark_swapped(const std::string& course_id, std::string_view from, std::string_view to,
                    const Json& figures);
  /// Holds changing_. The run beside the store and in it, and in the registry as a candidate.
  Result<std::string> write_run(const std::string& course_id, const Run& run,
                                std::string_view origin);
  void note(std::string_view action, const std::string& course_id, std::string_view version,
            const ChangedBy& by) const;
  Result<Done> put_in_service(const ServedRun& row, std::shared_ptr<const ServedModel> served);
  Result<Done> restore_course(const std::string& course_id);
  void set_paused(const std::string& course_id, bool paused);

  Services& services_;
  const std::filesystem::path folder_;
  std::atomic<std::uint64_t> swaps_{0};
  std::atomic<std::uint64_t> rollbacks_{0};
  std::mutex changing_;  // one change at a time
  mutable std::mutex paused_mutex_;
  std::set<std::string, std::less<>> paused_;               // guarded by paused_mutex_
  std::map<std::string, CourseTrial, std::less<>> trials_;  // guarded by paused_mutex_
};

}  // namespace meno
