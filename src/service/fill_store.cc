#include "service/fill_store.h"

#include <algorithm>
#include <cctype>

namespace meno {

StoredCourse stored_course_of(const Run& run) {
  StoredCourse course{.id = run.course.name.empty() ? "course" : run.course.name,
                      .name = same_text(run.course.name),
                      .simulated = run.simulated,
                      .content = {},
                      .skills = {},
                      .items = {}};
  std::replace_if(
      course.id.begin(), course.id.end(),
      [](unsigned char c) { return std::isalnum(c) == 0 && c != '-' && c != '_' && c != '.'; },
      '-');
  for (const std::string& name : run.course.skills.names()) {
    course.skills.push_back(
        {.id = name, .name = same_text(name), .strand = {}, .prerequisites = {}});
  }
  for (std::size_t k = 0; k < run.course.items.size(); ++k) {
    const ItemId id(k);
    StoredItem item{.id = run.course.items.name(id),
                    .title = same_text(run.course.items.name(id)),
                    .skills = {}};
    for (const SkillId skill : run.course.skills_of(id))
      item.skills.push_back(run.course.skills.name(skill));
    course.items.push_back(std::move(item));
  }
  return course;
}

Result<Done> fill_store(Store& store, const Run& run) {
  MENO_TRY(const std::vector<CourseSummary> courses, store.courses().list());
  if (!courses.empty() || run.course.items.size() == 0) return Done{};
  const Result<Done> added = store.courses().add(stored_course_of(run));
  // Another server that starts over the same empty store may have been faster.
  if (!added && added.error().kind == ErrorKind::Conflict && store.neighbours().possible())
    return Done{};
  return added;
}

}  // namespace meno
