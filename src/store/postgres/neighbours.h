// PostgresNeighbours: LISTEN, and the advisory lock that elects a leader, on a session and a thread
// of their own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "store/neighbours.h"
#include "store/postgres/address.h"
#include "store/postgres/connection.h"

namespace meno {

/// Thread-safe.
class PostgresNeighbours final : public Neighbours {
 public:
  /// `server`: the id that this server's own announcements carry, which it does not hear.
  PostgresNeighbours(PostgresAddress address, std::string server, bool possible);
  PostgresNeighbours(const PostgresNeighbours&) = delete;
  PostgresNeighbours& operator=(const PostgresNeighbours&) = delete;
  PostgresNeighbours(PostgresNeighbours&&) = delete;
  PostgresNeighbours& operator=(PostgresNeighbours&&) = delete;
  ~PostgresNeighbours() override;

  bool possible() const override { return possible_; }
  bool leading() override;
  void listen(std::function<void(const StoreChange&)> heard) override;

 private:
  void start();
  void run();
  Result<Done> tend();
  void hear(const std::string& announcement);
  void tell(const StoreChange& change);
  bool stopping();
  void pause();

  const PostgresAddress address_;
  const std::string server_;
  const bool possible_;
  std::unique_ptr<PostgresConnection> connection_;  // of the thread
  std::atomic<bool> candidate_{false};
  std::atomic<bool> leading_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;                          // guarded by mutex_
  bool started_ = false;                           // guarded by mutex_
  std::mutex telling_;                             // held while `heard_` runs
  std::function<void(const StoreChange&)> heard_;  // guarded by telling_
  std::jthread thread_;                            // last: it uses the others
};

}  // namespace meno
