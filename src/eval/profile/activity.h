// Answers over time: counted by day, shown by day, week, month or year, whichever gives a readable
// number of bars.
#pragma once

#include <cstddef>
#include <map>

#include "core/clock.h"

namespace meno {

struct Activity;

class DayCounts {
 public:
  void add(TimePoint at) {
    ++days_[std::chrono::floor<std::chrono::days>(at)];
    if (first_ == kNoTime || at < first_) first_ = at;
    if (last_ == kNoTime || at > last_) last_ = at;
  }
  /// At most about 110 bars, without gaps: stretches without answers count 0.
  Activity activity() const;

 private:
  std::map<std::chrono::sys_days, std::size_t> days_;
  TimePoint first_ = kNoTime;
  TimePoint last_ = kNoTime;
};

}  // namespace meno
