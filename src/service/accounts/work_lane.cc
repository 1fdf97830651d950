#include "service/accounts/work_lane.h"

#include <exception>
#include <utility>

#include <spdlog/spdlog.h>

namespace meno {

WorkLane::WorkLane(std::size_t most_waiting, std::size_t threads) : most_waiting_(most_waiting) {
  for (std::size_t k = 0; k < threads; ++k) threads_.emplace_back([this] { loop(); });
}

WorkLane::~WorkLane() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
}

bool WorkLane::submit(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= most_waiting_) return false;
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

std::size_t WorkLane::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void WorkLane::loop() {
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
