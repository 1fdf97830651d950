#include "eval/reference/sinusoid_judge.h"

#include "eval/reference/lane_sums.h"
#include "eval/reference/sinusoid_learning.h"

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;
constexpr std::size_t kTestPoints = 100;
using LaneValues = std::array<double, kLanes>;

/// Eight new tasks at a time.
class Judge {
 public:
  Judge(const SinusoidLearning& learnt, std::size_t shots, bool told)
      : network_(learnt.network()), theta_(learnt.theta()), shots_(shots), told_(told) {}

  std::vector<SinusoidErrors> errors(Rng rng, int tasks, ParamView rates) {
    std::vector<SinusoidErrors> errors;
    while (static_cast<int>(errors.size()) < tasks) {
      const Waves waves = Waves::draw(rng);
      waves.points(rng, shots_, told_, support_);
      waves.points(rng, kTestPoints, told_, query_);
      const std::array<LaneValues, kSinusoidSteps.size()> losses = adapted_losses(rates);
      for (std::size_t l = 0; l < kLanes && static_cast<int>(errors.size()) < tasks; ++l) {
        errors.push_back({losses[0][l], losses[1][l], losses[2][l]});
      }
    }
    return errors;
  }

 private:
  /// The query's losses after adaptation to the support.
  std::array<LaneValues, kSinusoidSteps.size()> adapted_losses(ParamView rates) {
    std::array<LaneValues, kSinusoidSteps.size()> judged{};
    spread_over_lanes(theta_, start_);
    slope_.resize(start_.size());
    LaneValues losses{};
    LaneValues scales;
    scales.fill(told_ ? 0.0 : 1.0);
    network_.loss(start_, support_, slope_, trace_, losses);
    std::size_t next = 0;
    for (int step = 1; step <= kSinusoidSteps.back(); ++step) {
      try_step(rates, scales, losses);
      if (step == kSinusoidSteps[next]) network_.loss(start_, query_, {}, trace_, judged[next++]);
    }
    return judged;
  }

  /// Moves the lanes of start_, with their slope_ and losses, that one step makes better.
  void try_step(ParamView rates, LaneValues& scales, LaneValues& losses) {
    moved_.resize(start_.size());
    for (std::size_t i = 0; i < start_.size(); ++i) {
      const auto rate = static_cast<float>(rates[i / kLanes] * scales[i % kLanes]);
      moved_[i] = start_[i] - rate * slope_[i];
    }
    moved_slope_.resize(start_.size());
    LaneValues after{};
    network_.loss(moved_, support_, moved_slope_, trace_, after);
    for (std::size_t l = 0; l < kLanes; ++l) {
      if (!(after[l] <= losses[l])) {
        scales[l] *= 0.5;
        continue;
      }
      losses[l] = after[l];
      for (std::size_t i = l; i < start_.size(); i += kLanes) {
        start_[i] = moved_[i];
        slope_[i] = moved_slope_[i];
      }
    }
  }

  const LaneNetwork& network_;
  ParamView theta_;
  std::size_t shots_;
  bool told_;
  std::vector<float> start_;  // [P, 8], as all below: where the tasks are, and their gradient there
  std::vector<float> slope_;
  std::vector<float> moved_;
  std::vector<float> moved_slope_;
  LaneSamples support_;
  LaneSamples query_;
  LaneNetwork::Trace trace_;
};

}  // namespace

std::vector<SinusoidErrors> sinusoid_errors(const SinusoidLearning& learnt, ParamView rates,
                                            std::size_t shots, bool told, Rng rng, int tasks) {
  return Judge(learnt, shots, told).errors(rng, tasks, rates);
}

}  // namespace meno
