#include "service/live_courses.h"

#include <utility>

namespace meno {

Result<std::shared_ptr<const LiveCourse>> LiveCourses::find(std::string_view course_id) {
  const auto ready = [&]() -> std::shared_ptr<const LiveCourse> {
    const std::shared_lock lock(mutex_);
    const auto found = courses_.find(course_id);
    return found == courses_.end() ? nullptr : found->second;
  };
  if (auto course = ready()) return course;
  const std::lock_guard one_at_a_time(making_);
  if (auto course = ready()) return course;
  MENO_TRY(StoredCourse stored, store_.find(course_id));
  MENO_TRY(std::shared_ptr<const LiveCourse> made,
           LiveCourse::make(std::move(stored), known_, model_));
  const std::lock_guard lock(mutex_);
  courses_.emplace(std::string(course_id), made);
  return made;
}

}  // namespace meno
