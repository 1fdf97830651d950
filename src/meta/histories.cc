#include "meta/histories.h"

#include <algorithm>
#include <numeric>

#include "core/parallel.h"

namespace meno {

std::vector<Window> histories_of(const std::vector<Sequence>& students, int folds,
                                 std::uint64_t seed) {
  std::vector<Window> histories;
  for (const Sequence& student : students) {
    if (!student.empty()) histories.push_back({.events = student});
  }
  if (folds == 0) return histories;
  std::vector<std::size_t> order(histories.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Rng rng(seed);
  rng.shuffle(std::span(order));
  for (std::size_t k = 0; k < order.size(); ++k) {
    histories[order[k]].fold = static_cast<int>(k % static_cast<std::size_t>(folds));
  }
  return histories;
}

std::vector<Window> cut(const std::vector<Window>& histories, std::size_t rows,
                        bool carry_context) {
  std::vector<Window> windows;
  for (const Window& history : histories) {
    const std::size_t size = history.events.size();
    const std::size_t stride = rows == 0 ? size : rows;
    for (std::size_t from = 0; from < size; from += stride) {
      const std::size_t count = std::min(stride, size - from);
      windows.push_back({.events = history.events.part(0, from + count),
                         .from = from,
                         .fold = history.fold,
                         .state_from = carry_context ? 0 : from});
    }
  }
  return windows;
}

std::vector<std::unique_ptr<const Encoded>> encode_all(const StudentModel& model,
                                                       const std::vector<Window>& windows,
                                                       std::size_t threads) {
  std::vector<std::unique_ptr<const Encoded>> encoded(windows.size());
  parallel_for(windows.size(), threads,
               [&](std::size_t i) { encoded[i] = model.encode(windows[i]); });
  return encoded;
}

}  // namespace meno
