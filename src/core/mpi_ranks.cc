#include "core/mpi_ranks.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "core/check.h"
#include "core/mpi_library.h"
#include "core/peer_watch.h"
#include "core/rng.h"

namespace meno {
namespace {

constexpr std::size_t kMostGathered = 16;
constexpr int kGatherTag = 1;
constexpr int kSumTag = 2;

/// What a rank says to all others in one gather. Always sent whole, so that lengths never differ.
struct Notice {
  double failed = 0.0;  // 1: the sender has failed and says no more
  std::array<double, kMostGathered> values{};
};
constexpr std::size_t kNoticeReals = sizeof(Notice) / sizeof(double);

/// Hosts in 48 bits, which a double holds exactly.
double host_number() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  std::uint64_t hash = 0;
  for (const char c : std::string(name.data())) hash = mix64(hash ^ static_cast<unsigned char>(c));
  return static_cast<double>(hash >> 16U);
}

class MpiRanks final : public Ranks {
 public:
  MpiRanks(const MpiLibrary& mpi, int rank, int size)
      : mpi_(mpi), rank_(static_cast<std::size_t>(rank)), size_(static_cast<std::size_t>(size)) {}

  /// Without end() before it (a defect threw) the others are not met again: to them this rank died.
  ~MpiRanks() override {
    watch_.reset();
    if (ended_) mpi_.finalize();
  }

  /// From here on a rank of this machine that dies is noticed.
  Result<Done> watch() {
    const double host = host_number();
    const double mine[] = {host, static_cast<double>(::getpid())};
    MENO_TRY(const std::vector<double> all, gather(mine));
    std::vector<Peer> peers;
    for (std::size_t r = 0; r < size_; ++r) {
      if (r == rank_ || all[2 * r] != host) continue;
      peers.push_back({.rank = r, .process = static_cast<int>(all[2 * r + 1])});
    }
    watch_ = std::make_unique<PeerWatch>(std::move(peers), rank_, size_);
    return Done{};
  }

  std::size_t rank() const override { return rank_; }
  std::size_t size() const override { return size_; }

  Result<std::vector<double>> gather(std::span<const double> mine) override {
    MENO_CHECK(mine.size() <= kMostGathered, "a gather of too many numbers");
    const std::vector<Notice> notices = exchange_notices(false, mine);
    if (first_failed_) {
      return unavailable(fmt::format("rank {} of {} failed", *first_failed_, size_));
    }
    std::vector<double> all;
    for (const Notice& notice : notices) {
      all.insert(all.end(), notice.values.begin(),
                 notice.values.begin() + static_cast<std::ptrdiff_t>(mine.size()));
    }
    return all;
  }

  /// Every rank sums one slice and hands it to the others, so that each sends and receives about
  /// twice the values, however many ranks there are.
  void add_up(std::span<const double> scales, std::span<double> values) override {
    const std::span<double> own = slice(values, rank_);
    std::vector<double> theirs(size_ * own.size());  // [R, slice]
    const auto row = [&](std::size_t r) {
      return std::span(theirs).subspan(r * own.size(), own.size());
    };
    std::copy(own.begin(), own.end(), row(rank_).begin());
    for (std::size_t r = 0; r < size_; ++r) {
      if (r == rank_) continue;
      receive(row(r), r, kSumTag);
      send(slice(values, r), r, kSumTag);
    }
    wait();
    std::fill(own.begin(), own.end(), 0.0);
    for (std::size_t r = 0; r < size_; ++r) {
      if (scales[r] != 0.0) add_scaled(scales[r], row(r), own);
    }
    for (std::size_t r = 0; r < size_; ++r) {
      if (r == rank_) continue;
      receive(slice(values, r), r, kSumTag);
      send(own, r, kSumTag);
    }
    wait();
  }

  std::size_t end(bool well) override {
    // Once a failure is known the rank that failed listens no more.
    if (!first_failed_) exchange_notices(!well, {});
    ended_ = true;
    watch_.reset();  // before any rank may leave: MPI_Finalize waits for all
    return first_failed_.value_or(0);
  }

 private:
  std::vector<Notice> exchange_notices(bool failed, std::span<const double> mine) {
    std::vector<Notice> notices(size_);
    Notice& own = notices[rank_];
    own.failed = failed ? 1.0 : 0.0;
    std::copy(mine.begin(), mine.end(), own.values.begin());
    for (std::size_t r = 0; r < size_; ++r) {
      if (r == rank_) continue;
      receive({&notices[r].failed, kNoticeReals}, r, kGatherTag);
      send({&own.failed, kNoticeReals}, r, kGatherTag);
    }
    wait();
    for (std::size_t r = 0; r < size_ && !first_failed_; ++r) {
      if (notices[r].failed != 0.0) first_failed_ = r;
    }
    return notices;
  }

  std::span<double> slice(std::span<double> values, std::size_t r) const {
    const std::size_t begin = values.size() * r / size_;
    return values.subspan(begin, values.size() * (r + 1) / size_ - begin);
  }

  void receive(std::span<double> into, std::size_t from, int tag) {
    mpi_.irecv(into.data(), static_cast<int>(into.size()), mpi_.real, static_cast<int>(from), tag,
               mpi_.world, &requests_.emplace_back());
  }
  void send(std::span<const double> values, std::size_t to, int tag) {
    mpi_.isend(values.data(), static_cast<int>(values.size()), mpi_.real, static_cast<int>(to), tag,
               mpi_.world, &requests_.emplace_back());
  }

  /// Until all that was begun is done. MPI's own wait would spin on a processor that others need.
  void wait() {
    constexpr int kSpins = 2000;  // a fraction of a millisecond
    for (int spins = 0;; ++spins) {
      int done = 0;
      mpi_.testall(static_cast<int>(requests_.size()), requests_.data(), &done,
                   MPI_STATUSES_IGNORE);
      if (done != 0) break;
      if (spins > kSpins) {
        std::this_thread::sleep_for(std::chrono::microseconds(20));
      } else if (spins % 16 == 15) {
        std::this_thread::yield();
      }
    }
    requests_.clear();
  }

  MpiLibrary mpi_;
  std::size_t rank_;
  std::size_t size_;
  std::vector<MPI_Request> requests_;
  std::optional<std::size_t> first_failed_;
  bool ended_ = false;
  std::unique_ptr<PeerWatch> watch_;
};

}  // namespace

Result<std::unique_ptr<Ranks>> join_mpi(std::size_t launched) {
  MENO_TRY(const MpiLibrary mpi, load_mpi());
  int granted = 0;
  int rank = 0;
  int size = 0;
  mpi.init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &granted);
  mpi.comm_rank(mpi.world, &rank);
  mpi.comm_size(mpi.world, &size);
  if (static_cast<std::size_t>(size) != launched) {
    mpi.finalize();
    return unavailable(
        fmt::format("started as one of {} ranks, but Open MPI sees {}, expected its own mpirun",
                    launched, size));
  }
  auto ranks = std::make_unique<MpiRanks>(mpi, rank, size);
  MENO_TRY_DONE(ranks->watch());
  return std::unique_ptr<Ranks>(std::move(ranks));
}

}  // namespace meno
