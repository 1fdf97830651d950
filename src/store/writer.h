// Writer: the one thread that writes. Jobs queue up while a commit waits for the disk; the next
// commit takes them all (group commit), so the disk's latency is shared instead of paid per
// request.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/tally.h"
#include "store/sql_connection.h"
#include "store/store_figures.h"

namespace meno {

/// Thread-safe. The destructor commits what is queued.
class Writer {
 public:
  struct Job {
    /// Runs inside the transaction. An error undoes this job alone. May be run again from the
    /// start, when another job of its batch has aborted the transaction.
    std::function<Result<Done>(Connection&)> work;
    /// Called once after the commit, in the order of the queue, with the job's own error or the
    /// commit's. A job whose commit lost the database waits until it is known what became of it.
    std::function<void(Result<Done>)> done;
    /// Several statements that must be undone together when one fails.
    bool compound = false;
  };

  explicit Writer(std::unique_ptr<Connection> connection);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  Writer(Writer&&) = delete;
  Writer& operator=(Writer&&) = delete;
  ~Writer();

  void submit(Job job);
  /// As submit(), in no hurry: the job goes with the next commit, or by itself if none comes soon.
  void ride(Job job);
  /// Commits what is queued, refuses what comes later, and ends the thread.
  void stop();
  /// submit() and wait.
  Result<Done> run(std::function<Result<Done>(Connection&)> work);
  /// All but what is read. Any thread may ask.
  StoreFigures figures() const;

 private:
  void loop();
  /// What is to be committed next; empty when only a batch in doubt is to be asked about, or at the
  /// end.
  std::vector<Job> next_batch();
  bool at_end();
  void commit(std::vector<Job>& batch);
  void tally(std::size_t jobs, std::chrono::steady_clock::time_point began, bool failed);
  /// False when a job's error has aborted the whole transaction and the batch must be run again
  /// with each job `alone`, in a savepoint of its own.
  Result<bool> run_all(std::vector<Job>& batch, bool alone, std::vector<Result<Done>>& outcomes);
  Result<Done> run_one(Job& job, bool alone);
  void roll_back();
  /// Ends the batch whose commit lost the connection, once the database can say what became of it.
  /// Until then everything else is refused: what follows must come after it.
  Result<Done> settle();
  void give_up();

  std::unique_ptr<Connection> connection_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Job> queue_;
  std::vector<Job> riders_;  // few: each is a batch of its own
  bool stopping_ = false;
  std::vector<Job> doubtful_;  // with their outcomes, should they turn out to be committed
  std::vector<Result<Done>> doubtful_outcomes_;
  Tally commit_jobs_{kTallySizes};
  Tally commit_seconds_{kTallySeconds};
  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> failed_{0};
  std::jthread thread_;  // last: it uses the others
};

}  // namespace meno
