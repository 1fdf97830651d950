// Listings: what the store holds, a page at a time, for readers who cannot take it all at once.
// Every listing has a key that orders it and that never changes; a page holds the rows after one
// key, so rows that are added meanwhile neither repeat nor hide others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "store/accounts.h"
#include "store/answers.h"
#include "store/audit.h"
#include "store/roster.h"
#include "store/students.h"

namespace meno {

/// Which rows of a listing with text ids: up to `most` whose id is above `after`.
struct IdPage {
  std::string after = {};
  std::size_t most = 100;
};

/// Whose rows somebody sees: all of them, or those within reach.
struct Seen {
  bool everywhere = true;
  Reach reach = {};
};

struct StudentsWanted {
  std::string course_id = {};
  Seen seen = {};
  std::string class_id = {};     // "": of all classes
  std::string name_prefix = {};  // of the displayed name, upper and lower case of A to Z alike
  IdPage page = {};
};

struct AnswersWanted {
  std::string course_id = {};
  std::string student_id = {};
  TimePoint from = kNoTime;    // answered then or later; kNoTime is any
  TimePoint before = kNoTime;  // and earlier than that
  std::uint64_t after = 0;     // above this `seq`
  std::size_t most = 100;
};

struct AccountsWanted {
  std::string school_id = {};  // "": of all schools and of none
  std::string role = {};       // name_of(Role); "" is any
  IdPage page = {};
};

struct ClassesWanted {
  Seen seen = {};
  std::string id = {};         // "": whichever
  std::string school_id = {};  // "": of all schools
  std::string course_id = {};  // "": whatever they work on
  IdPage page = {};
};

/// A class without its members.
struct ListedClass {
  std::string id = {};
  std::string school_id = {};
  std::string name = {};
  std::uint64_t courses = 0;
  std::uint64_t teachers = 0;
  std::uint64_t students = 0;
};

struct AuditWanted {
  std::string actor = {};      // "" is any
  std::string action = {};     // "" is any
  TimePoint from = kNoTime;    // then or later; kNoTime is any
  TimePoint before = kNoTime;  // and earlier than that
  std::uint64_t after = 0;     // above this number
  std::size_t most = 100;
};

/// Thread-safe. Errors of all: Unavailable.
class ListingStore {
 public:
  virtual ~ListingStore() = default;
  /// Of a course, by id.
  virtual Result<std::vector<StoredStudent>> students(const StudentsWanted& wanted) = 0;
  /// Of one student in one course, by `seq`.
  virtual Result<std::vector<StoredAnswer>> answers(const AnswersWanted& wanted) = 0;
  /// By id. A student's account is of no school and is listed only without `school_id`.
  virtual Result<std::vector<StoredAccount>> accounts(const AccountsWanted& wanted) = 0;
  /// By id; of one school, or with "" of all.
  virtual Result<std::vector<StoredKey>> keys(const std::string& school_id, const IdPage& page) = 0;
  /// By id; with `only` that one alone.
  virtual Result<std::vector<StoredSchool>> schools(const std::string& only,
                                                    const IdPage& page) = 0;
  /// By id.
  virtual Result<std::vector<ListedClass>> classes(const ClassesWanted& wanted) = 0;
  /// By number.
  virtual Result<std::vector<AuditRow>> audit(const AuditWanted& wanted) = 0;
};

}  // namespace meno
