// ResponseTimes: the median response time of every item of a course, kept in constant memory per
// item, so that "too fast to have read it" has something to be measured against.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>

#include "domain/event.h"

namespace meno {

/// A histogram per item in quarter octaves from 1/8 s to 2 h. Not thread-safe: one owner.
class ResponseTimes {
 public:
  /// O(1). Ignores events without a response time.
  void observe(const Event& event);

  /// The median to within a ninth (half a quarter octave), in ms; kNoResponseTime below kEnough
  /// times.
  std::int32_t median_ms(ItemId item) const;

  /// With fewer times than this a median says little.
  static constexpr std::uint32_t kEnough = 10;

 private:
  static constexpr int kCells = 64;
  struct Histogram {
    std::array<std::uint32_t, kCells> count{};
    std::uint32_t total = 0;
  };
  std::unordered_map<ItemId, Histogram> items_;
};

}  // namespace meno
