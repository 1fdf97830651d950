#include "service/list_courses.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "service/accounts/roster.h"
#include "service/accounts/sight.h"

namespace meno {
namespace {

/// Errors: NotFound for a skill other than "" that the course lacks.
Result<Done> check_skill(const LiveCourse& course, std::string_view skill) {
  if (skill.empty() || course.skill(skill)) return Done{};
  return not_found(
      fmt::format("skill \"{}\", expected a skill of course \"{}\"", skill, course.id()));
}

/// Every item is on "".
bool is_on(const StoredItem& item, std::string_view skill) {
  return skill.empty() ||
         std::find(item.skills.begin(), item.skills.end(), skill) != item.skills.end();
}

}  // namespace

Result<std::vector<CourseSummary>> list_courses(Services& services, const Principal& who) {
  return seen_courses(services, who);
}

Result<std::shared_ptr<const LiveCourse>> find_course(Services& services,
                                                      std::string_view course_id) {
  return services.courses.find(course_id);
}

Result<std::vector<StoredItem>> list_items(Services& services, const ListItems& ask) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(ask.course_id));
  MENO_TRY_DONE(check_skill(*course, ask.skill));
  const std::vector<StoredItem>& items = course->stored().items;
  auto item = items.begin();
  if (!ask.after.empty()) {
    item = std::find_if(items.begin(), items.end(),
                        [&ask](const StoredItem& each) { return each.id == ask.after; });
    if (item == items.end())
      return invalid_input("\"cursor\" is after an item that is not there, expected a page's next");
    ++item;
  }
  std::vector<StoredItem> page;
  for (; item != items.end() && page.size() < ask.most; ++item) {
    if (is_on(*item, ask.skill)) page.push_back(*item);
  }
  return page;
}

Result<std::vector<StoredStudent>> list_students(Services& services, const Principal& who,
                                                 StudentsWanted wanted) {
  MENO_TRY_DONE(services.courses.find(wanted.course_id));
  wanted.seen = seen_by(who);
  return services.store.listings().students(wanted);
}

Result<std::vector<StoredAnswer>> list_answers(Services& services, ListAnswers ask) {
  AnswersWanted& wanted = ask.wanted;
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(wanted.course_id));
  MENO_TRY_DONE(check_skill(*course, ask.skill));
  MENO_TRY_DONE(services.students.find(course, wanted.student_id));
  if (ask.skill.empty()) return services.store.listings().answers(wanted);
  std::unordered_set<std::string_view> items;
  for (const StoredItem& item : course->stored().items) {
    if (is_on(item, ask.skill)) items.insert(item.id);
  }
  // The store knows no skills: pages of it are read until this one is full.
  std::vector<StoredAnswer> page;
  while (page.size() < wanted.most) {
    MENO_TRY(std::vector<StoredAnswer> read, services.store.listings().answers(wanted));
    for (StoredAnswer& answer : read) {
      if (items.contains(answer.item_id) && page.size() < wanted.most)
        page.push_back(std::move(answer));
    }
    if (read.size() < wanted.most) break;
    wanted.after = read.back().seq;
  }
  return page;
}

}  // namespace meno
