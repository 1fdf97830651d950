#include "store/sqlite/writer.h"

#include <future>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

/// Answers that may wait for the disk before new ones are refused: about a second's worth at full
/// speed, so that a stuck disk fills neither the memory nor the patience of clients.
constexpr std::size_t kQueueLimit = 50'000;

Error cannot_write(const Error& cause) {
  return unavailable(
      fmt::format("the store cannot be written, nothing was recorded: {}", cause.message));
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), thread_([this] { loop(); }) {}

Writer::~Writer() { stop(); }

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && queue_.size() < kQueueLimit) {
      queue_.push_back(std::move(job));
      if (queue_.size() == 1) wake_.notify_one();
      return;
    }
  }
  job.done(
      unavailable("the store is stopping or its queue is full, expected a free place: try again"));
}

Result<Done> Writer::run(std::function<Result<Done>(Connection&)> work) {
  std::promise<Result<Done>> promise;
  std::future<Result<Done>> outcome = promise.get_future();
  submit({.work = std::move(work),
          .done = [&promise](Result<Done> result) { promise.set_value(std::move(result)); },
          .compound = true});
  return outcome.get();
}

void Writer::loop() {
  std::vector<Job> batch;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      batch.swap(queue_);
    }
    commit(batch);
    batch.clear();
  }
}

Result<Done> Writer::run_one(Job& job) {
  if (!job.compound) return job.work(*connection_);
  MENO_TRY_DONE(connection_->execute("SAVEPOINT job"));
  Result<Done> outcome = job.work(*connection_);
  if (connection_->in_transaction()) {
    MENO_TRY_DONE(connection_->execute(outcome ? "RELEASE job" : "ROLLBACK TO job; RELEASE job"));
  }
  return outcome;
}

void Writer::commit(std::vector<Job>& batch) {
  std::vector<Result<Done>> outcomes;
  outcomes.reserve(batch.size());
  std::optional<Error> failed;
  if (Result<Done> begun = connection_->execute("BEGIN IMMEDIATE"); !begun) failed = begun.error();
  for (std::size_t k = 0; k < batch.size() && !failed; ++k) {
    outcomes.push_back(run_one(batch[k]));
    if (!connection_
             ->in_transaction()) {  // SQLite gave up on the whole transaction: disk full, I/O error
      failed =
          outcomes.back() ? unavailable("the transaction ended early") : outcomes.back().error();
    }
  }
  if (!failed) {
    if (Result<Done> committed = connection_->execute("COMMIT"); !committed)
      failed = committed.error();
  }
  if (failed && connection_->in_transaction()) {
    // A rollback that fails has happened all the same: SQLite rolls back what it cannot commit.
    [[maybe_unused]] const Result<Done> undone = connection_->execute("ROLLBACK");
  }
  for (std::size_t k = 0; k < batch.size(); ++k) {
    batch[k].done(failed ? Result<Done>(cannot_write(*failed)) : std::move(outcomes[k]));
  }
}

}  // namespace meno
