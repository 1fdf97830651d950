// Readers: connections for reading, lent one at a time. In WAL mode they neither wait for the
// writer nor stop it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/sqlite/connection.h"

namespace meno {

/// Thread-safe; outlives its leases.
class Readers {
 public:
  explicit Readers(std::string path) : path_(std::move(path)) {}

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
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        return Lease(*this, std::move(connection));
      }
    }
    MENO_TRY(std::unique_ptr<Connection> connection, Connection::open(path_, false));
    return Lease(*this, std::move(connection));
  }

 private:
  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }

  std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace meno
