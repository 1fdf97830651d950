// Roster: organisations, their schools, the schools' classes, and who learns and teaches what in
// them. A class is what gives a teacher sight of a student: see Reach.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/audit.h"

namespace meno {

struct StoredSchool {
  std::string id = {};
  std::string name = {};
  std::string organisation_id = {};
  std::string organisation_name = {};
};

/// A class and its members: course ids, account ids of teachers, student ids.
struct StoredClass {
  std::string id = {};
  std::string school_id = {};
  std::string name = {};
  std::vector<std::string> courses = {};
  std::vector<std::string> teachers = {};
  std::vector<std::string> students = {};
};

/// The classes that someone sees: those that the account teaches, and those of the school. "" is
/// none.
struct Reach {
  std::string teacher_id = {};
  std::string school_id = {};
};

/// Thread-safe.
class RosterStore {
 public:
  virtual ~RosterStore() = default;
  /// Adds a school, and its organisation when that is new. Errors: Conflict when the school's id is
  /// taken; Unavailable.
  virtual Result<Done> add_school(const StoredSchool& school, const AuditNote& note) = 0;
  /// Adds the class when its id is new, and then its members, all or nothing; those that are there
  /// already stay. Errors: NotFound for a school, course, account or student that is not there;
  /// Conflict when the class or a teacher belongs to another school; Unavailable.
  virtual Result<Done> add_to_class(const StoredClass& members, const AuditNote& note) = 0;
  /// By id. Errors: Unavailable.
  virtual Result<std::vector<StoredSchool>> schools() = 0;
  virtual Result<std::vector<StoredClass>> classes() = 0;
  /// Whether one class within reach has both the course and the student; "" stands for any.
  /// Errors: Unavailable.
  virtual Result<bool> reaches(const Reach& reach, std::string_view course_id,
                               std::string_view student_id) = 0;
  /// The ids of the classes within reach that work on the course, in order. Errors: Unavailable.
  virtual Result<std::vector<std::string>> classes_of(const Reach& reach,
                                                      std::string_view course_id) = 0;
  /// The ids of the students in classes within reach that work on the course, in order.
  /// Errors: Unavailable.
  virtual Result<std::vector<std::string>> students_of(const Reach& reach,
                                                       std::string_view course_id) = 0;
};

}  // namespace meno
