// Neighbours: the other servers over the same store, what they have changed, and who of all does
// what only one of them may do.
#pragma once

#include <functional>
#include <string>

namespace meno {

/// What another server has changed: reread it.
struct StoreChange {
  enum class What {
    Settings,    // of the course
    ServedRuns,  // of the course
    Accounts,    // accounts, keys or sessions
    Everything,  // changes may have been missed
  };
  What what = What::Everything;
  std::string course_id;  // "": of any
};

/// Thread-safe.
class Neighbours {
 public:
  virtual ~Neighbours() = default;
  /// Whether others may write to the store, so that what is remembered of a student must be
  /// compared with it.
  virtual bool possible() const = 0;
  /// Whether this server is the one that does what one must do alone (adapting). Asking makes it a
  /// candidate. It can be out of date by seconds after a lost connection: what a leader writes must
  /// be safe even so.
  virtual bool leading() = 0;
  /// From now on calls `heard` after another server has changed something, on a thread of the
  /// store's own. An empty `heard` ends that; none is running on return.
  virtual void listen(std::function<void(const StoreChange&)> heard) = 0;
};

/// Of a store that belongs to one process.
class NoNeighbours final : public Neighbours {
 public:
  bool possible() const override { return false; }
  bool leading() override { return true; }
  void listen(std::function<void(const StoreChange&)> /*heard*/) override {}
};

}  // namespace meno
