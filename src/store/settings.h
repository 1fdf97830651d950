// Settings: what teachers and students have set for a course, or for one student in it, as
// documents that are opaque to the store. The last one counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

struct StoredSetting {
  std::string course_id;
  std::string student_id;  // "": of the whole course
  std::string name;        // e.g. "rules"
  std::string document;
  TimePoint changed_at = kNoTime;
};

/// Thread-safe.
class SettingStore {
 public:
  virtual ~SettingStore() = default;
  /// Sets or replaces one, durable on return. Errors: NotFound (the course; a student who is not
  /// enrolled in it); Unavailable; InvalidInput for text that the engine cannot keep.
  virtual Result<Done> put(const StoredSetting& setting) = 0;
  /// Those of one student, or with "" those of the course itself, by name. Errors: Unavailable.
  virtual Result<std::vector<StoredSetting>> of(std::string_view course_id,
                                                std::string_view student_id) = 0;
  /// All of a course and its students, by student and name. Errors: Unavailable.
  virtual Result<std::vector<StoredSetting>> of_course(std::string_view course_id) = 0;
};

}  // namespace meno
