#include "service/state_keeper.h"

#include <utility>

#include <sched.h>

#include "service/live_students.h"

namespace meno {
namespace {

/// States that may wait: more are dropped, and asked for again when they have grown further.
constexpr std::size_t kMostAsked = 4'096;

}  // namespace

StateKeeper::~StateKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
}

void StateKeeper::ask(std::weak_ptr<LiveStudent> student) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || asked_.size() >= kMostAsked) return;
  if (!thread_.joinable()) thread_ = std::jthread([this] { run(); });
  asked_.push_back(std::move(student));
  wake_.notify_one();
}

void StateKeeper::run() {
  const sched_param none{};
  sched_setscheduler(0, SCHED_BATCH,
                     &none);  // after requests, but a student's lock is not kept long
  while (true) {
    std::vector<std::weak_ptr<LiveStudent>> batch;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !asked_.empty(); });
      if (stopping_) return;
      batch.swap(asked_);
    }
    for (const std::weak_ptr<LiveStudent>& one : batch) {
      if (const std::shared_ptr<LiveStudent> student = one.lock()) student->keep();
    }
  }
}

}  // namespace meno
