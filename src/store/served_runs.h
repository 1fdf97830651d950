// Served runs: which run serves a course, as a log. The last row of a course counts; earlier ones
// say where to go back to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// What a row says. Rows of a trial (kCanary, kWithdraw) name the candidate and change nothing of
/// what serves everyone; all others name the version that does from here on.
namespace served_action {
inline constexpr const char* kSwap = "swap";
inline constexpr const char* kPromote = "promote";  // a swap after a trial
inline constexpr const char* kRollback = "rollback";
inline constexpr const char* kResume = "resume";
inline constexpr const char* kCanary = "canary";
inline constexpr const char* kWithdraw = "withdraw";
}  // namespace served_action

struct ServedRun {
  std::uint64_t no = 0;  // place in the log, given by the store
  std::string course_id;
  std::string action;   // one of served_action
  std::string version;  // that it is about
  std::string base;     // version of the run that the server was given
  TimePoint at = kNoTime;
  std::uint64_t after_seq = 0;  // `seq` of the last answer before it, given by the store
  std::string figures;          // why, as JSON; opaque to the store
};

/// A file of a run's folder.
struct RunFile {
  std::string name;
  std::string content;
};

/// Thread-safe.
class ServedRunStore {
 public:
  virtual ~ServedRunStore() = default;
  /// Adds a row, durable on return, and returns it as stored. `after_no`: of the last row of the
  /// course and base that the change goes by; nullopt when it goes by none. Errors: NotFound
  /// (course); Conflict when there is a later row by now; Unavailable.
  virtual Result<ServedRun> append_after(const ServedRun& row,
                                         std::optional<std::uint64_t> after_no) = 0;
  Result<ServedRun> append(const ServedRun& row) { return append_after(row, std::nullopt); }
  /// All rows of a course, oldest first. Errors: Unavailable.
  virtual Result<std::vector<ServedRun>> of_course(std::string_view course_id) = 0;
  /// Keeps the files of a version of a course's run, durable on return, for servers that do not
  /// share a folder. Errors: NotFound (course); Unavailable.
  virtual Result<Done> keep_files(std::string_view course_id, std::string_view version,
                                  std::span<const RunFile> files) = 0;
  /// By name; none when they were not kept. Errors: Unavailable.
  virtual Result<std::vector<RunFile>> files(std::string_view course_id,
                                             std::string_view version) = 0;
};

}  // namespace meno
