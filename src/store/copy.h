// Copy a store into another, of the same engine or another one, through the interfaces alone.
#pragma once

#include <cstdint>
#include <functional>

#include "store/store.h"

namespace meno {

struct CopiedStore {
  std::uint64_t courses = 0;
  std::uint64_t students = 0;
  std::uint64_t answers = 0;
  std::uint64_t served_runs = 0;
  std::uint64_t feedback = 0;
  std::uint64_t settings = 0;
  std::uint64_t recommendations = 0;
  std::uint64_t model_runs = 0;
  std::uint64_t accounts = 0;
  std::uint64_t keys = 0;
};

/// Called now and then with what has been copied; false stops the copy.
using CopyProgress = std::function<bool(const CopiedStore&)>;

/// Copies everything from `from` to the empty `to`, answers and the log of served runs in the order
/// of commits, feedback between the same answers of its student. Numbers that a store gives itself
/// (`seq`, `no`, `after_seq`) are given anew, in the same order and without gaps. The audit log is
/// copied as it is; sessions are not: people sign in again. A copy that fails or is stopped leaves
/// a part of it in `to`. Errors: Conflict when `to` is not empty; Unavailable when stopped or a
/// store cannot be read or written; InvalidInput for text that the engine of `to` cannot keep;
/// Internal when the counts differ at the end.
Result<CopiedStore> copy_store(Store& from, Store& to, const CopyProgress& progress);

}  // namespace meno
