// PeerWatch: notices that another rank on this machine has died, also while this one computes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace meno {

/// Another rank's process on this machine.
struct Peer {
  std::size_t rank = 0;
  int process = 0;
};

/// Looks after its peers on a thread of its own, a few times a second, until destroyed. When one
/// is gone, the first rank that is left writes one sentence to standard error, and this process
/// ends with the exit code of Unavailable, running no destructors: files are written so that this
/// leaves none half-written.
class PeerWatch {
 public:
  /// Peers that cannot be seen from here (of another process namespace) are not watched.
  PeerWatch(std::vector<Peer> peers, std::size_t rank, std::size_t size);
  ~PeerWatch();
  PeerWatch(const PeerWatch&) = delete;
  PeerWatch& operator=(const PeerWatch&) = delete;

 private:
  void look_until_stopped();

  std::vector<Peer> peers_;
  std::size_t rank_;
  std::size_t size_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace meno
