#include "service/follow_neighbours.h"

#include <spdlog/spdlog.h>

#include "service/accounts/accounts.h"
#include "service/course_versions.h"

namespace meno {

FollowNeighbours::FollowNeighbours(Services& services) : services_(services) {
  services.store.neighbours().listen([this](const StoreChange& change) { heard(change); });
}

FollowNeighbours::~FollowNeighbours() { services_.store.neighbours().listen({}); }

/// What cannot be read now is read when the store is back: it then says that everything may have
/// changed.
void FollowNeighbours::heard(const StoreChange& change) {
  const bool all = change.what == StoreChange::What::Everything;
  if (all || change.what == StoreChange::What::Accounts) accounts();
  if (all || change.what == StoreChange::What::Settings)
    services_.guidance.forget(change.course_id);
  if (all || change.what == StoreChange::What::ServedRuns) runs(change.course_id);
}

void FollowNeighbours::runs(const std::string& course_id) {
  if (services_.versions == nullptr) return;
  const Result<Done> followed = services_.versions->follow(course_id);
  if (!followed) spdlog::warn("a change of runs is not followed: {}", followed.error().message);
}

void FollowNeighbours::accounts() {
  if (services_.accounts == nullptr) return;
  services_.accounts->forget();
  const Result<Done> loaded = services_.accounts->load();
  if (!loaded) spdlog::warn("a change of accounts is not followed: {}", loaded.error().message);
}

}  // namespace meno
