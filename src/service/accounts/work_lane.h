// HashingLane: the one thread that hashes passwords. Each hash takes a core for tens of
// milliseconds and 64 MB: one at a time leaves the others to those who practise.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace meno {

/// Thread-safe. The destructor drops what waits.
class HashingLane {
 public:
  HashingLane();
  HashingLane(const HashingLane&) = delete;
  HashingLane& operator=(const HashingLane&) = delete;
  HashingLane(HashingLane&&) = delete;
  HashingLane& operator=(HashingLane&&) = delete;
  ~HashingLane();

  /// Queues the work; false when too many wait already.
  bool submit(std::function<void()> work);
  /// How much waits.
  std::size_t waiting() const;

 private:
  void loop();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace meno
