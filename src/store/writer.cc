#include "store/writer.h"

#include <chrono>
#include <future>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

/// Answers that may wait for the disk before new ones are refused: about a second's worth at full
/// speed, so that a stuck disk fills neither the memory nor the patience of clients.
constexpr std::size_t kQueueLimit = 50'000;

/// Jobs of one commit where other servers wait for their turn meanwhile.
constexpr std::ptrdiff_t kMostAtOnce = 1'000;

/// How long a rider waits for a commit to go with.
constexpr std::chrono::milliseconds kRideWithin{20};

/// How often a batch in doubt is asked about again when nothing else wakes the writer.
constexpr std::chrono::milliseconds kSettleEvery{500};

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
  ++refused_;
  job.done(
      unavailable("the store is stopping or its queue is full, expected a free place: try again"));
}

void Writer::ride(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      riders_.push_back(std::move(job));
      if (riders_.size() == 1) wake_.notify_one();
      return;
    }
  }
  job.done(unavailable("the store is stopping, expected one that is open"));
}

Result<Done> Writer::run(std::function<Result<Done>(Connection&)> work) {
  std::promise<Result<Done>> promise;
  std::future<Result<Done>> outcome = promise.get_future();
  submit({.work = std::move(work),
          .done = [&promise](Result<Done> result) { promise.set_value(std::move(result)); },
          .compound = true});
  return outcome.get();
}

std::vector<Writer::Job> Writer::next_batch() {
  std::unique_lock lock(mutex_);
  const auto awake = [this] { return stopping_ || !queue_.empty(); };
  if (!doubtful_.empty()) {
    wake_.wait_for(lock, kSettleEvery, awake);
  } else {
    wake_.wait(lock, [&] { return awake() || !riders_.empty(); });
    wake_.wait_for(lock, kRideWithin, awake);
  }
  std::vector<Job> batch;
  if (!connection_->shared() || std::ssize(queue_) <= kMostAtOnce) {
    batch.swap(queue_);
  } else {
    const auto end = queue_.begin() + kMostAtOnce;
    batch.assign(std::move_iterator(queue_.begin()), std::move_iterator(end));
    queue_.erase(queue_.begin(), end);
  }
  std::move(riders_.begin(), riders_.end(), std::back_inserter(batch));
  riders_.clear();
  return batch;
}

bool Writer::at_end() {
  const std::lock_guard lock(mutex_);
  return stopping_ && queue_.empty() && riders_.empty();
}

StoreFigures Writer::figures() const {
  StoreFigures figures{.commit_jobs = commit_jobs_.figures(),
                       .commit_seconds = commit_seconds_.figures(),
                       .refused = refused_,
                       .failed_commits = failed_};
  const std::lock_guard lock(mutex_);
  figures.waiting = queue_.size();
  return figures;
}

void Writer::tally(std::size_t jobs, std::chrono::steady_clock::time_point began, bool failed) {
  commit_jobs_.add(static_cast<double>(jobs));
  commit_seconds_.add(
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  if (failed) ++failed_;
}

void Writer::loop() {
  while (!at_end()) {
    std::vector<Job> batch = next_batch();
    if (const Result<Done> settled = settle(); !settled) {
      for (Job& job : batch) job.done(cannot_write(settled.error()));
    } else if (!batch.empty()) {
      commit(batch);
    }
  }
  give_up();
}

Result<Done> Writer::settle() {
  if (doubtful_.empty()) return Done{};
  MENO_TRY(const bool committed, connection_->settle());
  const Error undone =
      cannot_write(unavailable("the connection was lost before the transaction was durable"));
  for (std::size_t k = 0; k < doubtful_.size(); ++k) {
    doubtful_[k].done(committed ? std::move(doubtful_outcomes_[k]) : Result<Done>(undone));
  }
  doubtful_.clear();
  return Done{};
}

void Writer::give_up() {
  if (settle()) return;
  for (Job& job : doubtful_) {
    job.done(
        unavailable("the store was lost while it wrote this, which may or may not be recorded: "
                    "send it again under the same id"));
  }
  doubtful_.clear();
}

Result<Done> Writer::run_one(Job& job, bool alone) {
  if (!job.compound && !alone) return job.work(*connection_);
  MENO_TRY_DONE(connection_->execute("SAVEPOINT job"));
  Result<Done> outcome = job.work(*connection_);
  const Result<Done> closed =
      connection_->execute(outcome ? "RELEASE job" : "ROLLBACK TO job; RELEASE job");
  // Where the engine has left the transaction by itself nothing can be closed: run_all() sees that.
  if (outcome && !closed) return closed.error();
  return outcome;
}

Result<bool> Writer::run_all(std::vector<Job>& batch, bool alone,
                             std::vector<Result<Done>>& outcomes) {
  outcomes.clear();
  MENO_TRY_DONE(connection_->begin());
  for (Job& job : batch) {
    outcomes.push_back(run_one(job, alone));
    const TransactionState state = connection_->transaction();
    if (state == TransactionState::Open) continue;
    if (state == TransactionState::Aborted && !alone) return false;
    // SQLite gave up on the whole transaction (disk full, I/O error), or the connection is gone.
    return outcomes.back() ? unavailable("the transaction ended early") : outcomes.back().error();
  }
  return true;
}

void Writer::roll_back() {
  if (connection_->transaction() == TransactionState::None) return;
  // A rollback that fails has happened all the same: an engine rolls back what it cannot commit.
  [[maybe_unused]] const Result<Done> undone = connection_->execute("ROLLBACK");
}

void Writer::commit(std::vector<Job>& batch) {
  const auto began = std::chrono::steady_clock::now();
  std::vector<Result<Done>> outcomes;
  outcomes.reserve(batch.size());
  Result<bool> run = run_all(batch, false, outcomes);
  if (run && !*run) {
    roll_back();
    run = run_all(batch, true, outcomes);
  }
  std::optional<Error> failed;
  if (!run) {
    failed = run.error();
  } else if (Result<Done> committed = connection_->commit(); !committed) {
    failed = committed.error();
  }
  tally(batch.size(), began, failed.has_value());
  if (failed && connection_->in_doubt()) {
    doubtful_ = std::move(batch);
    doubtful_outcomes_ = std::move(outcomes);
    return;
  }
  if (failed) roll_back();
  for (std::size_t k = 0; k < batch.size(); ++k) {
    batch[k].done(failed ? Result<Done>(cannot_write(*failed)) : std::move(outcomes[k]));
  }
}

}  // namespace meno
