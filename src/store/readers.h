// Readers: connections for reading, lent one at a time. In SQLite's WAL mode and in PostgreSQL they
// neither wait for the writer nor stop it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/sql_connection.h"

namespace meno {

/// Thread-safe; outlives its leases.
class Readers {
 public:
  /// Makes one more connection. Errors: Unavailable.
  using Open = std::function<Result<std::unique_ptr<Connection>>()>;

  explicit Readers(Open open) : open_(std::move(open)) {}

  /// A connection that goes back to the pool by itself. Move-only.
  class Lease {
   public:
    Lease(Readers& owner, std::unique_ptr<Connection> connection)
        : owner_(&owner), connection_(std::move(connection)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() {
      if (connection_) owner_->give_back(std::move(connection_));
    }
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    Readers* owner_;
    std::unique_ptr<Connection> connection_;
  };

  /// Errors: Unavailable when no further connection can be opened.
  Result<Lease> lend() {
    while (std::unique_ptr<Connection> idle = take_idle()) {
      if (idle->usable()) return Lease(*this, std::move(idle));
    }
    Result<std::unique_ptr<Connection>> connection = open_();
    if (connection) return Lease(*this, *std::move(connection));
    ++failed_;
    return connection.error();
  }
  /// How often lend() had an error.
  std::uint64_t failed() const { return failed_; }

 private:
  std::unique_ptr<Connection> take_idle() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<Connection> connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }

  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }

  Open open_;
  std::atomic<std::uint64_t> failed_{0};
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace meno
