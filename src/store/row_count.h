// RowCount: how many rows of a kind the store has, without counting them all each time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "store/readers.h"

namespace meno {

/// Thread-safe. Where others write too, what they have added is counted four times a second at
/// most: rows are numbered in the order of commits and never removed.
class RowCount {
 public:
  /// The block `grown` of `noun` counts the rows above a number. `count` rows are there already,
  /// the last of them numbered `last`.
  RowCount(Readers& readers, std::string_view noun, bool shared, std::uint64_t count,
           std::uint64_t last)
      : readers_(readers), noun_(noun), shared_(shared), count_(count), last_(last) {}

  /// This process has added rows.
  void add(std::uint64_t rows) { ours_ += rows; }

  std::uint64_t value() {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (shared_ && now >= next_) {
      next_ = now + kEvery;
      count_grown();
    }
    return count_ + ours_;
  }

 private:
  /// Holds mutex_. What cannot be read is counted next time.
  void count_grown() {
    const Result<Readers::Lease> reader = readers_.lend();
    if (!reader) return;
    Result<Query> query = (*reader)->query(noun_, "grown");
    if (!query) return;
    const Result<bool> found = query->bind(1, static_cast<std::int64_t>(last_)).step();
    if (!found || !*found) return;
    ours_ = 0;
    count_ += static_cast<std::uint64_t>(query->integer(0));
    last_ = static_cast<std::uint64_t>(query->integer(1));
  }

  static constexpr std::chrono::milliseconds kEvery{250};

  Readers& readers_;
  const std::string_view noun_;
  const bool shared_;
  std::mutex mutex_;
  std::uint64_t count_;                 // up to last_
  std::uint64_t last_;                  // number of a row
  std::atomic<std::uint64_t> ours_{0};  // added since; never waits for the mutex
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace meno
