#include "eval/reference/lane_network.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "meta/unrolled/unrolled.h"

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;

/// One lane of a dense relu network in double: the same function, written the slow and obvious way.
class PlainNetwork {
 public:
  PlainNetwork(std::vector<std::size_t> sizes, OutputLoss kind)
      : sizes_(std::move(sizes)), kind_(kind) {}

  double loss(const std::vector<double>& theta, const LaneSamples& data, std::size_t lane) const {
    double total = 0.0;
    for (std::size_t s = 0; s < data.samples; ++s) {
      std::vector<double> z = output(theta, data, s, lane);
      const double y = data.y[s * kLanes + lane];
      if (kind_ == OutputLoss::SquaredError) {
        total += (z[0] - y) * (z[0] - y);
      } else {
        double sum = 0.0;
        for (const double value : z) sum += std::exp(value);
        total -= z[static_cast<std::size_t>(y)] - std::log(sum);
      }
    }
    return total / static_cast<double>(data.samples);
  }

  /// Central differences.
  std::vector<double> gradient(std::vector<double> theta, const LaneSamples& data,
                               std::size_t lane) const {
    std::vector<double> slope(theta.size());
    for (std::size_t p = 0; p < theta.size(); ++p) {
      const double at = theta[p];
      theta[p] = at + kStep;
      const double above = loss(theta, data, lane);
      theta[p] = at - kStep;
      const double below = loss(theta, data, lane);
      theta[p] = at;
      slope[p] = (above - below) / (2.0 * kStep);
    }
    return slope;
  }

  static constexpr double kStep = 1e-5;

 private:
  std::vector<double> output(const std::vector<double>& theta, const LaneSamples& data,
                             std::size_t sample, std::size_t lane) const {
    std::vector<double> h;
    for (std::size_t i = 0; i < sizes_[0]; ++i) {
      h.push_back(data.x[(i * data.samples + sample) * kLanes + lane]);
    }
    std::size_t at = 0;
    for (std::size_t k = 0; k + 1 < sizes_.size(); ++k) {
      std::vector<double> z(sizes_[k + 1]);
      for (std::size_t o = 0; o < z.size(); ++o) {
        for (std::size_t i = 0; i < h.size(); ++i) z[o] += theta[at + o * h.size() + i] * h[i];
      }
      at += z.size() * h.size();
      for (double& value : z) value += theta[at++];
      if (k + 2 < sizes_.size()) {
        for (double& value : z) value = std::max(value, 0.0);
      }
      h = z;
    }
    return h;
  }

  std::vector<std::size_t> sizes_;
  OutputLoss kind_;
};

struct Problem {
  const char* name;
  std::vector<std::size_t> sizes;
  OutputLoss kind;
  std::size_t support, query;
};

class LaneNetworks : public ::testing::TestWithParam<Problem> {
 protected:
  LaneNetworks()
      : net_(GetParam().sizes, GetParam().kind), plain_(GetParam().sizes, GetParam().kind) {
    theta_.resize(net_.parameters() * kLanes);
    for (float& value : theta_) value = static_cast<float>(0.5 * rng_.normal());
    support_ = drawn(GetParam().support);
    query_ = drawn(GetParam().query);
  }

  LaneSamples drawn(std::size_t samples) {
    LaneSamples data{.samples = samples, .x = {}, .y = {}};
    data.x.resize(samples * GetParam().sizes.front() * kLanes);
    for (float& value : data.x) value = static_cast<float>(rng_.normal());
    for (std::size_t i = 0; i < samples * kLanes; ++i) {
      data.y.push_back(GetParam().kind == OutputLoss::Softmax
                           ? static_cast<float>(rng_.below(GetParam().sizes.back()))
                           : static_cast<float>(rng_.normal()));
    }
    return data;
  }

  static std::vector<double> lane_of(std::span<const float> lanes, std::size_t lane) {
    std::vector<double> values;
    for (std::size_t p = 0; p * kLanes < lanes.size(); ++p) {
      values.push_back(static_cast<double>(lanes[p * kLanes + lane]));
    }
    return values;
  }

  /// theta after the loop's steps, in double and by differences of differences.
  std::vector<double> adapted(std::vector<double> theta, const UnrolledSteps& loop,
                              std::size_t lane) const {
    const std::vector<double> start = theta;
    for (int k = 0; k < loop.steps; ++k) {
      const std::vector<double> slope = plain_.gradient(theta, support_, lane);
      for (std::size_t p = 0; p < theta.size(); ++p) {
        theta[p] -= loop.rates[p] * (slope[p] + loop.pull * (theta[p] - start[p]));
      }
    }
    return theta;
  }

  double judged(const std::vector<double>& start, UnrolledSteps loop, std::size_t lane) const {
    double total = 0.0;
    const int last = loop.steps;
    for (loop.steps = loop.every_step ? 1 : last; loop.steps <= last; ++loop.steps) {
      total += plain_.loss(adapted(start, loop, lane), query_, lane);
    }
    return total;
  }

  Rng rng_{3};
  LaneNetwork net_;
  PlainNetwork plain_;
  std::vector<float> theta_;  // [P, 8]
  LaneSamples support_, query_;
};

TEST_P(LaneNetworks, LossesAndGradientsAreThePlainNetworksInEveryLane) {
  std::vector<float> slope(theta_.size(), 0.0F);
  LaneNetwork::Trace trace;
  double losses[kLanes];
  net_.loss(theta_, support_, slope, trace, losses);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const std::vector<double> theta = lane_of(theta_, lane);
    EXPECT_NEAR(losses[lane], plain_.loss(theta, support_, lane), 1e-5);
    const std::vector<double> expected = plain_.gradient(theta, support_, lane);
    for (std::size_t p = 0; p < theta.size(); ++p) {
      EXPECT_NEAR(slope[p * kLanes + lane], expected[p], 2e-4) << "lane " << lane << ", " << p;
    }
  }
}

TEST_P(LaneNetworks, HessianTimesVectorIsTheChangeOfTheGradient) {
  std::vector<float> v(theta_.size());
  for (float& value : v) value = static_cast<float>(rng_.normal());
  std::vector<float> slope(theta_.size(), 0.0F);
  std::vector<float> product(theta_.size(), 0.0F);
  LaneNetwork::Trace trace;
  double losses[kLanes];
  net_.loss(theta_, support_, slope, trace, losses);
  net_.hessian_vector(theta_, support_, trace, v, product);
  const std::size_t lane = 5;
  constexpr double kAlong = 1e-4;
  std::vector<double> above = lane_of(theta_, lane);
  std::vector<double> below = above;
  for (std::size_t p = 0; p < above.size(); ++p) {
    above[p] += kAlong * static_cast<double>(v[p * kLanes + lane]);
    below[p] -= kAlong * static_cast<double>(v[p * kLanes + lane]);
  }
  const std::vector<double> high = plain_.gradient(above, support_, lane);
  const std::vector<double> low = plain_.gradient(below, support_, lane);
  for (std::size_t p = 0; p < high.size(); ++p) {
    EXPECT_NEAR(product[p * kLanes + lane], (high[p] - low[p]) / (2.0 * kAlong), 5e-3) << p;
  }
}

/// Exact second order: the gradient through the inner loop, and that of its rates, against
/// differences of the whole loop.
TEST_P(LaneNetworks, GradientsThroughTheLoopAreThatOfTheWholeLoop) {
  std::vector<double> rates(net_.parameters());
  for (std::size_t p = 0; p < rates.size(); ++p)
    rates[p] = p % 3 == 0 ? 0.0 : 0.02 + 0.01 * rng_.uniform();
  const std::size_t lane = 2;
  for (const UnrolledSteps& loop :
       {UnrolledSteps{.steps = 1, .rates = rates},
        UnrolledSteps{.steps = 3, .rates = rates, .pull = 8.0},
        UnrolledSteps{.steps = 3, .rates = rates, .every_step = true}}) {
    Unrolled<LaneNetwork> unrolled(net_);
    std::vector<float> d_start(theta_.size(), 0.0F);
    std::vector<float> d_rates(theta_.size(), 0.0F);
    unrolled.gradient(theta_, support_, query_, loop, d_start, d_rates);
    const std::vector<double> start = lane_of(theta_, lane);
    constexpr double kMove = 1e-4;
    for (std::size_t p = 0; p < start.size(); p += 7) {
      std::vector<double> above = start;
      std::vector<double> below = start;
      above[p] += kMove;
      below[p] -= kMove;
      const double expected =
          (judged(above, loop, lane) - judged(below, loop, lane)) / (2.0 * kMove);
      EXPECT_NEAR(d_start[p * kLanes + lane], expected, 5e-3) << loop.steps << " steps, " << p;
      std::vector<double> higher = rates;
      std::vector<double> lower = rates;
      higher[p] += kMove;
      lower[p] -= kMove;
      UnrolledSteps up = loop;
      UnrolledSteps down = loop;
      up.rates = higher;
      down.rates = lower;
      const double by_rate = (judged(start, up, lane) - judged(start, down, lane)) / (2.0 * kMove);
      EXPECT_NEAR(d_rates[p * kLanes + lane], by_rate, 5e-3) << loop.steps << " steps, rate " << p;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Problems, LaneNetworks,
    ::testing::Values(Problem{"regression", {1, 6, 5, 1}, OutputLoss::SquaredError, 5, 7},
                      Problem{"classes", {2, 7, 3}, OutputLoss::Softmax, 6, 4}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace meno
