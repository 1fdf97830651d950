#include "tutor/response_times.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

constexpr double kLeastMs = 125.0;
constexpr double kCellsPerOctave = 4.0;

// Cell c holds [kLeastMs 2^(c / 4), kLeastMs 2^((c + 1) / 4)); the first and last take what lies
// beyond.
double cell_of(std::int32_t ms) {
  return std::floor(kCellsPerOctave * std::log2(std::max<double>(ms, kLeastMs) / kLeastMs));
}

}  // namespace

void ResponseTimes::observe(const Event& event) {
  if (event.response_ms == kNoResponseTime) return;
  Histogram& times = items_[event.item];
  const double cell = std::min(cell_of(event.response_ms), static_cast<double>(kCells - 1));
  ++times.count[static_cast<std::size_t>(cell)];
  ++times.total;
}

std::int32_t ResponseTimes::median_ms(ItemId item) const {
  const auto found = items_.find(item);
  if (found == items_.end() || found->second.total < kEnough) return kNoResponseTime;
  const Histogram& times = found->second;
  std::uint32_t below = 0;
  std::size_t cell = 0;
  while (2 * (below + times.count[cell]) < times.total) below += times.count[cell++];
  return static_cast<std::int32_t>(
      std::lround(kLeastMs * std::exp2((static_cast<double>(cell) + 0.5) / kCellsPerOctave)));
}

}  // namespace meno
