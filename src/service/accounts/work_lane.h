// WorkLane: threads of their own for work that must not hold up those who practise: hashing
// passwords, which takes a core and 64 MB, and waiting for an identity provider.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace meno {

/// Thread-safe. The destructor drops what waits and lets what runs come to its end.
class WorkLane {
 public:
  /// At most `most_waiting` pieces of work wait for one of the `threads`.
  explicit WorkLane(std::size_t most_waiting, std::size_t threads = 1);
  WorkLane(const WorkLane&) = delete;
  WorkLane& operator=(const WorkLane&) = delete;
  WorkLane(WorkLane&&) = delete;
  WorkLane& operator=(WorkLane&&) = delete;
  ~WorkLane();

  /// Queues the work; false when too many wait already.
  bool submit(std::function<void()> work);
  /// How much waits.
  std::size_t waiting() const;

 private:
  void loop();

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;  // last: they use the others
};

}  // namespace meno
