#include "service/list_courses.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/accounts/sight.h"

namespace meno {

Result<std::vector<CourseSummary>> list_courses(Services& services, const Principal& who) {
  return seen_courses(services, who);
}

Result<std::shared_ptr<const LiveCourse>> find_course(Services& services,
                                                      std::string_view course_id) {
  return services.courses.find(course_id);
}

Result<ItemPage> list_items(Services& services, const ListItems& ask) {
  MENO_TRY(std::shared_ptr<const LiveCourse> course, services.courses.find(ask.course_id));
  if (!ask.skill.empty() && !course->skill(ask.skill)) {
    return not_found(
        fmt::format("skill \"{}\", expected a skill of course \"{}\"", ask.skill, ask.course_id));
  }
  ItemPage page{.course = course, .items = {}, .total = 0};
  for (const StoredItem& item : course->stored().items) {
    const bool wanted = ask.skill.empty() || std::find(item.skills.begin(), item.skills.end(),
                                                       ask.skill) != item.skills.end();
    if (!wanted) continue;
    if (page.total >= ask.offset && page.items.size() < ask.limit) page.items.push_back(&item);
    ++page.total;
  }
  return page;
}

Result<std::vector<StoredStudent>> list_students(Services& services, const Principal& who,
                                                 std::string_view course_id) {
  MENO_TRY_DONE(services.courses.find(course_id));
  return seen_students(services, who, course_id);
}

}  // namespace meno
