// Tally: how often values fell into which range, counted by any number of threads without a lock.
// Read by whoever shows figures (http/server_metrics.h); what counts knows nothing of them.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace meno {

/// A Tally at one moment. `counts` has one more entry than `bounds`: [k] is of values above
/// bounds[k - 1] and up to bounds[k].
struct TallyFigures {
  std::span<const double> bounds = {};
  std::vector<std::uint64_t> counts = {};
  double sum = 0.0;
};

/// Bounds for times from a cached read to a request that nobody waits for any longer, in seconds.
inline constexpr std::array kTallySeconds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                             0.1,    0.25,  0.5,    1.0,   2.5,  10.0};
/// Bounds for the sizes of batches.
inline constexpr std::array kTallySizes = {1.0,   2.0,   5.0,   10.0,   20.0,  50.0,
                                           100.0, 200.0, 500.0, 1000.0, 5000.0};

/// Thread-safe.
class Tally {
 public:
  /// `bounds` ascend, are at most 15, and outlive the tally.
  explicit Tally(std::span<const double> bounds) : bounds_(bounds) {}

  void add(double value) {
    const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), value);
    counts_[static_cast<std::size_t>(at - bounds_.begin())].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }

  /// What is added meanwhile may be in one figure and not yet in another.
  TallyFigures figures() const {
    TallyFigures figures{.bounds = bounds_, .counts = {}, .sum = sum_.load()};
    for (std::size_t k = 0; k <= bounds_.size(); ++k) figures.counts.push_back(counts_[k].load());
    return figures;
  }

 private:
  std::span<const double> bounds_;
  std::array<std::atomic<std::uint64_t>, 16> counts_{};
  std::atomic<double> sum_{0.0};
};

}  // namespace meno
