// Model runs: the runs that courses have, had or may get, and what was noticed of how well they
// foresee. The runs themselves are folders beside the store; which one serves is served_runs.h's to
// say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// A run of a course under one given run.
struct ModelRun {
  std::string course_id;
  std::string version;
  std::string parent;  // the version in service when it was made
  std::string base;    // version of the run that the server was given
  std::string origin;  // "adapted" or "retrained"
  std::string model;
  std::string data_hash;
  bool simulated = false;
  TimePoint made_at = kNoTime;
  std::string metrics;  // JSON, opaque to the store
  std::string state;    // "candidate", "canary", "serving" or "retired"
  TimePoint changed_at = kNoTime;
  double share = 0.0;   // of students that a canary serves
  std::string figures;  // why it came to its state, JSON, opaque to the store
};

/// That a course is no longer foreseen as it was.
struct CourseAlarm {
  std::string course_id;
  std::string kind;
  std::string version;    // of the run that foresaw
  std::uint64_t seq = 0;  // the answer that raised it
  TimePoint at = kNoTime;
  std::string figures;  // JSON, opaque to the store
};

/// Thread-safe.
class ModelRunStore {
 public:
  virtual ~ModelRunStore() = default;
  /// Adds the run, or replaces it where the course has the version under the same base; durable on
  /// return. Errors: NotFound (course); Unavailable.
  virtual Result<Done> put(const ModelRun& run) = 0;
  /// Of one course, oldest first. Errors: Unavailable.
  virtual Result<std::vector<ModelRun>> of_course(std::string_view course_id) = 0;
  /// Adds an alarm unless it is there; durable on return. True when it was new. Errors: NotFound
  /// (course); Unavailable.
  virtual Result<bool> add_alarm(const CourseAlarm& alarm) = 0;
  /// Of one course, oldest first. Errors: Unavailable.
  virtual Result<std::vector<CourseAlarm>> alarms(std::string_view course_id) = 0;
};

}  // namespace meno
