// Time as an argument: code that needs "now" takes a Clock, so tests decide what it is.
#pragma once

#include <chrono>
#include <cstdint>

namespace meno {

/// Milliseconds since the Unix epoch, UTC.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// "The source gave no time."
inline constexpr TimePoint kNoTime = TimePoint::min();

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
};

/// The machine's clock. Thread-safe.
class SystemClock final : public Clock {
 public:
  TimePoint now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }
};

/// A clock that tests set.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(TimePoint at) : at_(at) {}
  TimePoint now() const override { return at_; }
  void advance(std::chrono::milliseconds by) { at_ += by; }

 private:
  TimePoint at_;
};

}  // namespace meno
