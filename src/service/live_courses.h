// LiveCourses: the courses in use, made from the store on first use and shared from then on.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "core/result.h"
#include "service/live_course.h"
#include "store/courses.h"

namespace meno {

/// Thread-safe. The referents must outlive it.
class LiveCourses {
 public:
  LiveCourses(CourseStore& store, const Course& known, const OnlineModel& model)
      : store_(store), known_(known), model_(model) {}

  /// Errors: NotFound, Unavailable; InvalidInput when the stored course cannot be used.
  Result<std::shared_ptr<const LiveCourse>> find(std::string_view course_id);

 private:
  CourseStore& store_;
  const Course& known_;
  const OnlineModel& model_;
  std::shared_mutex mutex_;
  std::mutex making_;
  std::map<std::string, std::shared_ptr<const LiveCourse>, std::less<>> courses_;
};

}  // namespace meno
