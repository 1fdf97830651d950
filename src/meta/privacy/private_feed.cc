#include "meta/privacy/private_feed.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

class PrivateFeed final : public Feed {
 public:
  PrivateFeed(std::size_t students, double sampling, std::uint64_t seed, StudentTask task)
      : students_(students), sampling_(sampling), seed_(seed), task_(std::move(task)) {}

  std::size_t begin_epoch(std::size_t epoch) override {
    epoch_rng_ = Rng(seed_).fork(epoch);
    samples_.assign(static_cast<std::size_t>(std::max(1L, std::lround(1.0 / sampling_))), {});
    Rng rng = epoch_rng_.fork(0);
    for (auto& sample : samples_) {
      for (std::size_t k = 0; k < students_; ++k) {
        if (rng.chance(sampling_)) sample.push_back(k);
      }
    }
    return samples_.size();
  }

  Share share(std::size_t step, std::size_t part, std::size_t parts) const override {
    Share share;
    const auto& sample = samples_[step];
    for (std::size_t i = part; i < sample.size(); i += parts) {
      Rng rng = epoch_rng_.fork(1 + step).fork(sample[i]);
      share.tasks.push_back(task_(sample[i], rng, share));
    }
    return share;
  }

 private:
  std::size_t students_;
  double sampling_;
  std::uint64_t seed_;
  StudentTask task_;
  Rng epoch_rng_{0};
  std::vector<std::vector<std::size_t>> samples_;  // of each step of the epoch
};

}  // namespace

std::unique_ptr<Feed> make_private_feed(std::size_t students, double sampling, std::uint64_t seed,
                                        StudentTask task) {
  return std::make_unique<PrivateFeed>(students, sampling, seed, std::move(task));
}

}  // namespace meno
