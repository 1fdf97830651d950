// FollowNeighbours: what other servers over the same store change reaches what this one remembers.
#pragma once

#include "service/services.h"

namespace meno {

/// As long as it lives; the services must outlive it.
class FollowNeighbours {
 public:
  explicit FollowNeighbours(Services& services);
  FollowNeighbours(const FollowNeighbours&) = delete;
  FollowNeighbours& operator=(const FollowNeighbours&) = delete;
  FollowNeighbours(FollowNeighbours&&) = delete;
  FollowNeighbours& operator=(FollowNeighbours&&) = delete;
  ~FollowNeighbours();

 private:
  void heard(const StoreChange& change);
  void runs(const std::string& course_id);
  void accounts();

  Services& services_;
};

}  // namespace meno
