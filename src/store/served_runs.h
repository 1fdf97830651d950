// Served runs: which run serves a course, as a log. The last row of a course counts; earlier ones
// say where to go back to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

struct ServedRun {
  std::uint64_t no = 0;  // place in the log, given by the store
  std::string course_id;
  std::string action;   // "swap", "rollback" or "resume"
  std::string version;  // of the run that serves the course from here on
  std::string base;     // version of the run that the server was given
  TimePoint at = kNoTime;
  std::uint64_t after_seq = 0;  // `seq` of the last answer before it, given by the store
  std::string figures;          // why, as JSON; opaque to the store
};

/// Thread-safe.
class ServedRunStore {
 public:
  virtual ~ServedRunStore() = default;
  /// Adds a row, durable on return, and returns it as stored. Errors: NotFound (course);
  /// Unavailable.
  virtual Result<ServedRun> append(const ServedRun& row) = 0;
  /// All rows of a course, oldest first. Errors: Unavailable.
  virtual Result<std::vector<ServedRun>> of_course(std::string_view course_id) = 0;
};

}  // namespace meno
