#include "store/postgres/neighbours.h"

#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

/// Beside the lock of the store: whoever holds it leads.
constexpr std::int64_t kLeaderKey = 0x4D454E4F4C454144;
/// How long the end of the thread, a leader's death or a lost connection may stay unnoticed.
constexpr std::chrono::milliseconds kTick{500};

struct Kind {
  std::string_view name;
  StoreChange::What what;
};
constexpr std::array<Kind, 3> kKinds = {{{"settings", StoreChange::What::Settings},
                                         {"served_runs", StoreChange::What::ServedRuns},
                                         {"accounts", StoreChange::What::Accounts}}};

}  // namespace

PostgresNeighbours::PostgresNeighbours(PostgresAddress address, std::string server, bool possible)
    : address_(std::move(address)), server_(std::move(server)), possible_(possible) {}

PostgresNeighbours::~PostgresNeighbours() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
}

/// The thread starts when somebody wants to know: commands do not.
void PostgresNeighbours::start() {
  const std::lock_guard lock(mutex_);
  if (started_ || stopping_) return;
  started_ = true;
  thread_ = std::jthread([this] { run(); });
}

bool PostgresNeighbours::leading() {
  if (!possible_) return true;
  candidate_ = true;
  start();
  return leading_;
}

void PostgresNeighbours::listen(std::function<void(const StoreChange&)> heard) {
  const bool wanted = static_cast<bool>(heard);
  {
    const std::lock_guard lock(telling_);
    heard_ = std::move(heard);
  }
  if (wanted && possible_) start();
}

bool PostgresNeighbours::stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void PostgresNeighbours::pause() {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, kTick, [this] { return stopping_; });
}

void PostgresNeighbours::tell(const StoreChange& change) {
  const std::lock_guard lock(telling_);
  if (heard_) heard_(change);
}

void PostgresNeighbours::hear(const std::string& announcement) {
  const std::size_t server = announcement.find(' ');
  const std::size_t what = announcement.find(' ', server + 1);
  if (server == std::string::npos || what == std::string::npos) return;
  if (announcement.compare(0, server, server_) == 0) return;
  StoreChange change{.course_id = announcement.substr(what + 1)};
  const std::string_view name =
      std::string_view(announcement).substr(server + 1, what - server - 1);
  for (const Kind& kind : kKinds) {
    if (kind.name == name) change.what = kind.what;
  }
  tell(change);
}

/// One tick on a connection that is there.
Result<Done> PostgresNeighbours::tend() {
  if (candidate_ && !leading_) {
    MENO_TRY(const std::string won,
             connection_->text(fmt::format("SELECT pg_try_advisory_lock({})", kLeaderKey)));
    leading_ = won == "t";
  }
  MENO_TRY(const std::vector<std::string> announced, connection_->announcements(kTick));
  for (const std::string& one : announced) hear(one);
  return Done{};
}

void PostgresNeighbours::run() {
  while (!stopping()) {
    if (connection_ == nullptr) {
      Result<std::unique_ptr<PostgresConnection>> opened = PostgresConnection::open(address_);
      if (!opened || !(*opened)->listen()) {
        pause();
        continue;
      }
      connection_ = *std::move(opened);
      tell({});  // what was announced before, nobody heard
    }
    if (tend()) continue;
    leading_ = false;
    connection_.reset();
    pause();
  }
  leading_ = false;
  connection_.reset();
}

}  // namespace meno
