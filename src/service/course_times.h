// CourseTimes: the response times of a course, shared by all its students.
#pragma once

#include <mutex>

#include "tutor/response_times.h"

namespace meno {

/// Thread-safe. Constant memory per item. Whose answers count, and once only, is the caller's care.
class CourseTimes {
 public:
  /// The item's median before this answer, which then counts; kNoResponseTime while there are too
  /// few.
  std::int32_t median_then_observe(const Event& event) {
    if (event.response_ms == kNoResponseTime) return kNoResponseTime;
    const std::lock_guard lock(mutex_);
    const std::int32_t median = times_.median_ms(event.item);
    times_.observe(event);
    return median;
  }

  /// The item's median so far: for an answer that has been counted already.
  std::int32_t median(const Event& event) {
    if (event.response_ms == kNoResponseTime) return kNoResponseTime;
    const std::lock_guard lock(mutex_);
    return times_.median_ms(event.item);
  }

 private:
  std::mutex mutex_;
  ResponseTimes times_;
};

}  // namespace meno
