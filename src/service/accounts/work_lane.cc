#include "service/accounts/hashing_lane.h"

#include <exception>
#include <utility>

#include <spdlog/spdlog.h>

namespace meno {
namespace {

/// Some 15 s of work at 15 hashes a second: who waits longer has given up.
constexpr std::size_t kQueueLimit = 256;

}  // namespace

HashingLane::HashingLane() : thread_([this] { loop(); }) {}

HashingLane::~HashingLane() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
}

bool HashingLane::submit(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= kQueueLimit) return false;
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

std::size_t HashingLane::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void HashingLane::loop() {
  while (true) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    try {
      work();
    } catch (const std::exception& bug) {
      spdlog::error("a defect of ours: {}", bug.what());
    }
  }
}

}  // namespace meno
