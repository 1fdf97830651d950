#include "core/peer_watch.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <signal.h>

#include "core/error.h"

namespace meno {
namespace {

/// Shorter than the second that mpirun waits between asking the others to end and killing them.
constexpr std::chrono::milliseconds kBetweenLooks{100};

bool is_gone(const Peer& peer) { return ::kill(peer.process, 0) != 0 && errno == ESRCH; }

}  // namespace

PeerWatch::PeerWatch(std::vector<Peer> peers, std::size_t rank, std::size_t size)
    : peers_(std::move(peers)), rank_(rank), size_(size) {
  std::erase_if(peers_, &is_gone);
  if (!peers_.empty()) thread_ = std::thread([this] { look_until_stopped(); });
}

PeerWatch::~PeerWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PeerWatch::look_until_stopped() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kBetweenLooks, [this] { return stopped_; })) {
    const auto gone = std::find_if(peers_.begin(), peers_.end(), &is_gone);
    if (gone == peers_.end()) continue;
    const bool first_left = std::none_of(peers_.begin(), peers_.end(), [this](const Peer& peer) {
      return peer.rank < rank_ && !is_gone(peer);
    });
    if (first_left) {
      fmt::print(stderr,
                 "meno: rank {} of {} (process {}) died, so the others stop; what was saved before "
                 "stays as it is\n",
                 gone->rank, size_, gone->process);
    }
    std::_Exit(exit_code(ErrorKind::Unavailable));
  }
}

}  // namespace meno
