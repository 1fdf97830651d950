// KeptByCourse: what is worked out from all answers of a course (item banks, learning rates), kept
// between requests.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/result.h"
#include "service/live_course.h"

namespace meno {

/// Thread-safe.
template <class T>
class KeptByCourse {
 public:
  /// The value of the course under its version of the model; `make()` -> Result<T> makes it first,
  /// and again when the course has another version or the store twice the `answers`. One at a time
  /// is made of a course. Errors: those of make(), and nothing is kept.
  /// `part`: which of several values of the course.
  template <class Make>
  Result<std::shared_ptr<const T>> find(const LiveCourse& course, std::uint64_t answers, Make make,
                                        std::string_view part = "") {
    const std::shared_ptr<Place> place = place_of(fmt::format("{}\n{}", course.id(), part));
    const std::lock_guard lock(place->mutex);
    const std::string& version = course.served().version;
    if (place->value && place->version == version && answers < 2 * place->answers + 1)
      return place->value;
    MENO_TRY(T made, make());
    place->value = std::make_shared<const T>(std::move(made));
    place->version = version;
    place->answers = answers;
    return place->value;
  }

 private:
  struct Place {
    std::mutex mutex;
    std::shared_ptr<const T> value;
    std::string version;
    std::uint64_t answers = 0;
  };

  std::shared_ptr<Place> place_of(const std::string& course_id) {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<Place>& place = places_[course_id];
    if (!place) place = std::make_shared<Place>();
    return place;
  }

  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Place>> places_;
};

}  // namespace meno
