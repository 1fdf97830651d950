// Students and the courses they are enrolled in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace meno {

struct StoredStudent {
  std::string id;
  std::string display_name;
  bool simulated = false;
  std::uint64_t answers = 0;  // in the course asked about; ignored by enrol
};

/// NotFound for a student whom the course does not have.
Error not_enrolled(std::string_view student_id, std::string_view course_id);

/// Thread-safe.
class StudentStore {
 public:
  virtual ~StudentStore() = default;
  /// The students of a course, by id. Errors: Unavailable.
  virtual Result<std::vector<StoredStudent>> of_course(std::string_view course_id) = 0;
  /// One student of a course; nullopt when not enrolled there. Errors: Unavailable.
  virtual Result<std::optional<StoredStudent>> find(std::string_view course_id,
                                                    std::string_view student_id) = 0;
  /// Adds the students to the course, all or nothing; durable on return. A student known from
  /// another course keeps the id. Errors: NotFound (course); Conflict when one is enrolled already
  /// or the id belongs to someone with another name; Unavailable.
  virtual Result<Done> enrol(std::string_view course_id,
                             std::span<const StoredStudent> students) = 0;
  /// Whether the id is a student's, in whatever course. Errors: Unavailable.
  virtual Result<bool> known(std::string_view student_id) = 0;
  /// Number of students in the store; as AnswerStore::count().
  virtual std::uint64_t count() const = 0;
};

}  // namespace meno
