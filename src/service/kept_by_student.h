// KeptByStudent: what is worked out from all answers of a student (his forgetting curve), kept
// until he answers again.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/result.h"

namespace meno {

/// Thread-safe.
template <class T>
class KeptByStudent {
 public:
  /// Keeps about `most` values; when there are more, all are made again when asked for.
  explicit KeptByStudent(std::size_t most = 2048) : most_(most) {}

  /// The value of a student in a course as it is at `state`, which names the model's version and
  /// his last answer; `make()` -> Result<T> makes it where the state is another. Two who ask at
  /// once may both make it. Errors: those of make(), and nothing is kept.
  template <class Make>
  Result<std::shared_ptr<const T>> find(std::string_view course_id, std::string_view student_id,
                                        const std::string& state, Make make) {
    const std::string key = fmt::format("{}\n{}", course_id, student_id);
    {
      const std::lock_guard lock(mutex_);
      const auto found = kept_.find(key);
      if (found != kept_.end() && found->second.state == state) return found->second.value;
    }
    MENO_TRY(T made, make());
    auto value = std::make_shared<const T>(std::move(made));
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= most_) kept_.clear();
    kept_[key] = {.state = state, .value = value};
    return value;
  }

 private:
  struct Place {
    std::string state;
    std::shared_ptr<const T> value;
  };

  const std::size_t most_;
  std::mutex mutex_;
  std::map<std::string, Place> kept_;
};

}  // namespace meno
