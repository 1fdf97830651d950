// LiveCourses: the courses in use, made from the store on first use and shared from then on. Each
// is served by the run that the server was given until it has one of its own.
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

/// Thread-safe. The store must outlive it.
class LiveCourses {
 public:
  LiveCourses(CourseStore& store, std::shared_ptr<const ServedModel> base)
      : store_(store), base_(std::move(base)) {}

  /// Errors: NotFound, Unavailable; InvalidInput when the stored course cannot be used.
  Result<std::shared_ptr<const LiveCourse>> find(std::string_view course_id);
  /// The course under another model, not yet what find() gives. Errors: as find().
  Result<std::shared_ptr<const LiveCourse>> under(std::string_view course_id,
                                                  std::shared_ptr<const ServedModel> served);
  /// From now on find() gives this one, unless it has a later one already.
  void publish(std::shared_ptr<const LiveCourse> course);
  /// The run that the server was given.
  const std::shared_ptr<const ServedModel>& base() const { return base_; }
  /// Courses in use that have a model of their own.
  std::size_t own_models() const;

 private:
  std::shared_ptr<const LiveCourse> ready(std::string_view course_id) const;

  CourseStore& store_;
  const std::shared_ptr<const ServedModel> base_;
  mutable std::shared_mutex mutex_;
  std::mutex making_;
  std::map<std::string, std::shared_ptr<const LiveCourse>, std::less<>> courses_;
};

}  // namespace meno
