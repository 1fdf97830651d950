#include "service/live_courses.h"

#include <algorithm>
#include <utility>

namespace meno {

std::shared_ptr<const LiveCourse> LiveCourses::ready(std::string_view course_id) const {
  const std::shared_lock lock(mutex_);
  const auto found = courses_.find(course_id);
  return found == courses_.end() ? nullptr : found->second;
}

Result<std::shared_ptr<const LiveCourse>> LiveCourses::find(std::string_view course_id) {
  if (auto course = ready(course_id)) return course;
  const std::lock_guard one_at_a_time(making_);
  if (auto course = ready(course_id)) return course;
  MENO_TRY(std::shared_ptr<const LiveCourse> made, under(course_id, base_));
  const std::lock_guard lock(mutex_);
  return courses_.emplace(std::string(course_id), std::move(made)).first->second;
}

Result<std::shared_ptr<const LiveCourse>> LiveCourses::under(
    std::string_view course_id, std::shared_ptr<const ServedModel> served) {
  MENO_TRY(StoredCourse stored, store_.find(course_id));
  const std::shared_ptr<const LiveCourse> before = ready(course_id);
  MENO_TRY(std::shared_ptr<const LiveCourse> made,
           LiveCourse::make(std::move(stored), std::move(served),
                            before ? before->shared_times() : nullptr));
  return made;
}

void LiveCourses::publish(std::shared_ptr<const LiveCourse> course) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<const LiveCourse>& place = courses_[course->id()];
  if (!place || place->served().place < course->served().place) place = std::move(course);
}

std::size_t LiveCourses::own_models() const {
  const std::shared_lock lock(mutex_);
  return static_cast<std::size_t>(std::count_if(
      courses_.begin(), courses_.end(),
      [this](const auto& entry) { return entry.second->served().version != base_->version; }));
}

}  // namespace meno
