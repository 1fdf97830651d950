// Ranks as threads of one process, for tests: what they are given crosses a barrier, nothing else.
#pragma once

#include <barrier>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "core/ranks.h"

namespace meno {

/// Where thread ranks lay what they give.
struct RankTable {
  explicit RankTable(std::size_t size)
      : rows(size), failed(size), barrier(static_cast<std::ptrdiff_t>(size)) {}
  std::vector<std::vector<double>> rows;
  std::vector<char> failed;
  std::barrier<> barrier;
};

/// One thread's place among all.
class ThreadRanks final : public Ranks {
 public:
  ThreadRanks(RankTable& table, std::size_t rank) : table_(table), rank_(rank) {}
  std::size_t rank() const override { return rank_; }
  std::size_t size() const override { return table_.rows.size(); }
  Result<std::vector<double>> gather(std::span<const double> mine) override {
    std::vector<double> all;
    exchange(mine, false, [&](std::size_t r) {
      all.insert(all.end(), table_.rows[r].begin(), table_.rows[r].end());
    });
    if (first_failed_) return unavailable("another rank failed");
    return all;
  }
  void add_up(std::span<const double> scales, std::span<double> values) override {
    std::vector<double> sum(values.size(), 0.0);
    exchange(values, false, [&](std::size_t r) {
      if (scales[r] != 0.0) add_scaled(scales[r], table_.rows[r], sum);
    });
    std::copy(sum.begin(), sum.end(), values.begin());
  }
  std::size_t end(bool well) override {
    if (!first_failed_) exchange({}, !well, [](std::size_t /*r*/) {});
    return first_failed_.value_or(0);
  }

 private:
  template <class Read>
  void exchange(std::span<const double> mine, bool failed, const Read& read) {
    table_.rows[rank_].assign(mine.begin(), mine.end());
    table_.failed[rank_] = failed ? 1 : 0;
    table_.barrier.arrive_and_wait();
    for (std::size_t r = 0; r < size(); ++r) {
      read(r);
      if (table_.failed[r] != 0 && !first_failed_) first_failed_ = r;
    }
    table_.barrier.arrive_and_wait();
  }

  RankTable& table_;
  std::size_t rank_;
  std::optional<std::size_t> first_failed_;
};

/// Runs body(ranks) on `size` threads, each a rank of its own.
inline void run_as_ranks(std::size_t size, const std::function<void(Ranks&)>& body) {
  RankTable table(size);
  std::vector<std::jthread> threads;
  for (std::size_t rank = 0; rank < size; ++rank) {
    threads.emplace_back([&table, &body, rank] {
      ThreadRanks ranks(table, rank);
      body(ranks);
    });
  }
}

}  // namespace meno
