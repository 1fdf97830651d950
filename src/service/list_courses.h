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
  std::size_t limit = 100;
  std::size_t offset = 0;
};

struct ItemPage {
  std::shared_ptr<const LiveCourse> course;  // owns the items
  std::vector<const StoredItem*> items;
  std::size_t total = 0;  // without limit and offset
};

/// Errors: NotFound (course, skill), Unavailable.
Result<ItemPage> list_items(Services& services, const ListItems& ask);

/// Those that `who` sees, by id. Errors: NotFound (course), Unavailable.
Result<std::vector<StoredStudent>> list_students(Services& services, const Principal& who,
                                                 std::string_view course_id);

}  // namespace meno
