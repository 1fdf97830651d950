// What there is: courses, their skills, items and students.
#pragma once

#include <string_view>
#include <vector>

#include "service/accounts/principal.h"
#include "service/services.h"

namespace meno {

/// Those that `who` sees, by id. Errors: Unavailable.
Result<std::vector<CourseSummary>> list_courses(Services& services, const Principal& who);

/// The course with its skills and items. Errors: NotFound, Unavailable.
Result<std::shared_ptr<const LiveCourse>> find_course(Services& services,
                                                      std::string_view course_id);

struct ListItems {
  std::string_view course_id;
  std::string_view skill;  // "" for all
  std::string_view after;  // the item before the first one wanted; "" from the first
  std::size_t most = 100;
};

/// In the course's order. Errors: NotFound (course, skill), InvalidInput when `after` is no such
/// item, Unavailable.
Result<std::vector<StoredItem>> list_items(Services& services, const ListItems& ask);

/// A page of those that `who` sees, by id. Errors: NotFound (course), Unavailable.
Result<std::vector<StoredStudent>> list_students(Services& services, const Principal& who,
                                                 StudentsWanted wanted);

struct ListAnswers {
  AnswersWanted wanted = {};
  std::string skill = {};  // only answers on its items; "" for all
};

/// A page of one student's answers in a course, in the order in which they came. Errors: NotFound
/// (course, student, skill), Unavailable.
Result<std::vector<StoredAnswer>> list_answers(Services& services, ListAnswers ask);

}  // namespace meno
