// StateKeeper: puts students' states into the store, on a thread of its own, so that no request
// pays for it.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace meno {

class LiveStudent;

/// Thread-safe.
class StateKeeper {
 public:
  StateKeeper() = default;
  StateKeeper(const StateKeeper&) = delete;
  StateKeeper& operator=(const StateKeeper&) = delete;
  StateKeeper(StateKeeper&&) = delete;
  StateKeeper& operator=(StateKeeper&&) = delete;
  ~StateKeeper();

  /// Calls student->keep() soon; forgotten when there is too much to do.
  void ask(std::weak_ptr<LiveStudent> student);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::weak_ptr<LiveStudent>> asked_;  // guarded by mutex_
  bool stopping_ = false;                          // guarded by mutex_
  std::jthread thread_;                            // starts with the first to be kept
};

}  // namespace meno
