// Courses, their skills and their items, as the store keeps them: the names a school uses, in both
// languages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"

namespace meno {

struct StoredSkill {
  std::string id;
  Text name;
  std::optional<Text> strand;
  std::vector<std::string> prerequisites;  // skill ids of the same course
};

struct StoredItem {
  std::string id;
  Text title;
  std::vector<std::string> skills;  // skill ids of the same course
};

/// One course, whole. `content` is the item bank's own JSON, opaque to the store; "" when the items
/// have no text.
struct StoredCourse {
  std::string id;
  Text name;
  bool simulated = false;
  std::string content;
  std::vector<StoredSkill> skills;  // in the order in which they were added
  std::vector<StoredItem> items;
};

struct CourseSummary {
  std::string id;
  Text name;
  bool simulated = false;
  bool has_content = false;
  std::uint64_t skills = 0;
  std::uint64_t items = 0;
  std::uint64_t students = 0;
};

/// Thread-safe.
class CourseStore {
 public:
  virtual ~CourseStore() = default;
  /// By id. Errors: Unavailable.
  virtual Result<std::vector<CourseSummary>> list() = 0;
  /// Errors: NotFound, Unavailable.
  virtual Result<StoredCourse> find(std::string_view course_id) = 0;
  /// Adds a course, all or nothing; durable on return. Errors: Conflict when the id is taken or an
  /// id occurs twice in the course; InvalidInput when an item or prerequisite names a skill that is
  /// not there; Unavailable.
  virtual Result<Done> add(const StoredCourse& course) = 0;
};

}  // namespace meno
