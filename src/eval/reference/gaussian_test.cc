#include "eval/reference/gaussian.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/interrupt.h"
#include "eval/reference/gaussian_tasks.h"
#include "eval/reference/lane_sums.h"
#include "meta/bayes/variational.h"

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;

TEST(GaussianClass, IsDrawnFromItsPrior) {
  constexpr int kDraws = 40000;
  Rng rng(1);
  double covariance[3] = {};
  double mean[3] = {};
  for (int draw = 0; draw < kDraws; ++draw) {
    const GaussianClass drawn = GaussianClass::draw(rng);
    const auto& [top, bottom] = drawn.root;
    covariance[0] += (top[0] * top[0] + top[1] * top[1]) / kDraws;
    covariance[1] += top[1] * bottom[1] / kDraws;
    covariance[2] += bottom[1] * bottom[1] / kDraws;
    mean[0] += drawn.mean[0] * drawn.mean[0] / kDraws;
    mean[1] += drawn.mean[0] * drawn.mean[1] / kDraws;
    mean[2] += drawn.mean[1] * drawn.mean[1] / kDraws;
  }
  const double identity[3] = {1.0, 0.0, 1.0};
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(covariance[i], identity[i], 0.05) << i;
    EXPECT_NEAR(mean[i], identity[i] / ClassPrior::kKappa, 0.5) << i;
  }
}

/// log N(x; the class), from the inverse of its root.
double log_density(const GaussianClass& drawn, const Point& x) {
  const double v = (x[1] - drawn.mean[1]) / drawn.root[1][1];
  const double u = (x[0] - drawn.mean[0] - drawn.root[0][1] * v) / drawn.root[0][0];
  return -0.5 * (u * u + v * v) - std::log(2.0 * M_PI * drawn.root[0][0] * drawn.root[1][1]);
}

TEST(LogPredictive, IsTheShareOfThePriorThatThePointsLeave) {
  const std::vector<Point> points = {{0.5, 1.0}, {1.5, 0.2}};
  const Point places[] = {{1.0, 0.5}, {3.0, -1.0}, {0.0, 0.0}};
  for (const std::size_t seen : {0U, 1U, 2U}) {
    const std::span<const Point> support = std::span(points).first(seen);
    Rng rng(7);
    double weights = 0.0;
    double sums[3] = {};
    for (int draw = 0; draw < 400000; ++draw) {
      const GaussianClass drawn = GaussianClass::draw(rng);
      double log_weight = 0.0;
      for (const Point& point : support) log_weight += log_density(drawn, point);
      const double weight = std::exp(log_weight);
      weights += weight;
      for (int k = 0; k < 3; ++k) sums[k] += weight * std::exp(log_density(drawn, places[k]));
    }
    for (int k = 0; k < 3; ++k) {
      EXPECT_NEAR(std::exp(log_predictive(support, places[k])) * weights / sums[k], 1.0, 0.05)
          << seen << " seen, place " << k;
    }
  }
}

TEST(LogPredictive, IsADensity) {
  const std::vector<Point> points = {{0.5, 1.0}, {1.5, 0.2}, {0.0, 0.1}};
  constexpr double kCell = 0.05;
  double sum = 0.0;
  for (double x = -25.0; x < 25.0; x += kCell) {
    for (double y = -25.0; y < 25.0; y += kCell) {
      sum += kCell * kCell * std::exp(log_predictive(points, {x, y}));
    }
  }
  EXPECT_NEAR(sum, 1.0, 1e-3);
}

TEST(GaussianTasks, PointsAreOfTheirClassesAndJoinInOrder) {
  Rng rng(3);
  GaussianTasks tasks;
  for (std::size_t l = 0; l < kLanes; ++l) {
    for (std::size_t c = 0; c < GaussianTasks::kClasses; ++c) {
      tasks.classes[l][c].mean = {static_cast<double>(l), static_cast<double>(c)};
    }
  }
  const LaneSamples a = tasks.points(rng, 1);
  const LaneSamples both = joined(a, tasks.points(rng, 2), 2);
  ASSERT_EQ(both.samples, 15U);
  for (std::size_t s = 0; s < both.samples; ++s) {
    for (std::size_t l = 0; l < kLanes; ++l) {
      const auto label = static_cast<double>(both.y[s * kLanes + l]);
      EXPECT_EQ(point_of(both, s, l), (Point{static_cast<double>(l), label})) << s << " " << l;
      EXPECT_EQ(label, static_cast<double>(s < 5 ? s : (s - 5) / 2));
    }
  }
}

TEST(LaneSums, CutEachLaneAndLeaveOutWhatDiverged) {
  std::vector<float> first(2 * kLanes, 0.0F);
  std::vector<float> second(kLanes, 0.0F);
  first[0] = 3.0F;  // lane 0: norm 5 over both
  second[0] = 4.0F;
  first[kLanes + 1] = 0.5F;  // lane 1: short
  first[2] = std::numeric_limits<float>::infinity();
  second[2] = 1.0F;
  Params direction(3, 0.0);
  EXPECT_EQ(add_clipped_lanes(first, second, 2.5, 0.1, direction), 1U);
  EXPECT_NEAR(direction[0], 0.15, 1e-6);
  EXPECT_NEAR(direction[1], 0.05, 1e-6);
  EXPECT_NEAR(direction[2], 0.2, 1e-6);
}

/// One lane of a lane network, seen as a model of one task in double.
struct OneLane {
  using Scalar = double;
  using Samples = LaneSamples;
  using Trace = LaneNetwork::Trace;
  static constexpr std::size_t kLanes = 1;

  const LaneNetwork& network;
  std::size_t lane;

  std::size_t parameters() const { return network.parameters(); }
  void loss(std::span<const double> theta, const LaneSamples& data, std::span<double> out,
            Trace& trace, std::span<double> losses) const {
    const std::vector<float> wide = widened(theta);
    std::vector<float> slope(wide.size(), 0.0F);
    std::array<double, LaneNetwork::kLanes> all{};
    network.loss(wide, data, slope, trace, all);
    std::fill(out.begin(), out.end(), 0.0);
    add(slope, out);
    losses[0] = all[lane];
  }
  void hessian_vector(std::span<const double> theta, const LaneSamples& data, const Trace& trace,
                      std::span<const double> v, std::span<double> out) const {
    std::vector<float> product(theta.size() * LaneNetwork::kLanes, 0.0F);
    network.hessian_vector(widened(theta), data, trace, widened(v), product);
    add(product, out);
  }
  static std::vector<float> widened(std::span<const double> narrow) {
    std::vector<float> wide;
    spread_over_lanes(narrow, wide);
    return wide;
  }
  void add(const std::vector<float>& wide, std::span<double> out) const {
    for (std::size_t p = 0; p < out.size(); ++p) out[p] += wide[p * LaneNetwork::kLanes + lane];
  }
};

TEST(Variational, TreatsEightTasksSideBySideAsItTreatsEachAlone) {
  const LaneNetwork network({2, 6, GaussianTasks::kClasses}, OutputLoss::Softmax);
  const std::size_t size = network.parameters();
  Rng rng(5);
  const Params theta = network.layout().initial(rng);
  Params log_sd(size);
  for (double& value : log_sd) value = -1.5 + 0.3 * rng.normal();
  const Params rates(size, 5.0);
  const GaussianTasks tasks = GaussianTasks::draw(rng);
  const LaneSamples support = tasks.points(rng, 2);
  const LaneSamples query = tasks.points(rng, 3);
  const VariationalSteps loop{.steps = 3,
                              .rates = rates,
                              .log_sd = log_sd,
                              .prior = 0.05,
                              .price = 0.02,
                              .pairs = 2,
                              .seed = 11};
  const std::vector<float> start = OneLane::widened(theta);
  std::vector<float> d_theta(start.size(), 0.0F);
  std::vector<float> d_log_sd(start.size(), 0.0F);
  Variational<LaneNetwork> wide(network);
  const auto losses = wide.gradient(start, support, query, loop, d_theta, d_log_sd);
  for (const std::size_t lane : {0U, 3U, 7U}) {
    const OneLane one{network, lane};
    Variational<OneLane> narrow(one);
    Params by_theta(size, 0.0);
    Params by_log_sd(size, 0.0);
    const auto loss = narrow.gradient(theta, support, query, loop, by_theta, by_log_sd);
    EXPECT_NEAR(losses[lane], loss[0], 1e-4);
    EXPECT_NEAR(wide.divergence()[lane], narrow.divergence()[0], 1e-3);
    for (std::size_t p = 0; p < size; ++p) {
      ASSERT_NEAR(d_theta[p * kLanes + lane], by_theta[p], 2e-3) << lane << " " << p;
      ASSERT_NEAR(d_log_sd[p * kLanes + lane], by_log_sd[p], 2e-3) << lane << " " << p;
    }
  }
}

TEST(Gaussian, LearningToLearnBeatsLearningAllTasksAsOneAndNothingBeatsTheOracle) {
  const auto rows = run_gaussian({.learners = {"pretrained", "maml", "bayes", "oracle"},
                                  .steps = 400,
                                  .tasks = 16,
                                  .test_tasks = 200,
                                  .lambdas = {0.01}});
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 4U);
  const auto nll = [&](std::size_t row) { return (*rows)[row].nll.value; };
  EXPECT_LT(nll(1), nll(0));
  EXPECT_LT(nll(2), nll(0));
  EXPECT_LT(nll(3), std::min(nll(1), nll(2)));
  EXPECT_LT((*rows)[3].ece.value, 0.02) << "the exact posterior is calibrated";
}

TEST(Gaussian, EveryLearnerRunsAndTheSameSeedGivesTheSameRow) {
  const GaussianPlan plan{.learners = {},
                          .shots = 1,
                          .seed = 4,
                          .steps = 5,
                          .tasks = 8,
                          .test_tasks = 16,
                          .lambdas = {0.1, 1.0}};
  const auto once = run_gaussian(plan);
  const auto again = run_gaussian(plan);
  ASSERT_TRUE(once && again);
  ASSERT_EQ(once->size(), gaussian_learners().size());
  for (std::size_t r = 0; r < once->size(); ++r) {
    const GaussianRow& row = (*once)[r];
    EXPECT_EQ(row.nll.value, (*again)[r].nll.value) << row.learner;
    EXPECT_EQ(row.ece.half_width, (*again)[r].ece.half_width) << row.learner;
    EXPECT_TRUE(std::isfinite(row.nll.value)) << row.learner;
    EXPECT_EQ(row.lambda.has_value(), row.lambda_curve.size() == 2U) << row.learner;
  }
}

TEST(Gaussian, RefusesWhatItCannotDoInOneSentence) {
  EXPECT_EQ(run_gaussian({.learners = {"nonsense"}}).error().message.substr(0, 38),
            "learner \"nonsense\", expected one of: p");
  EXPECT_EQ(run_gaussian({.shots = 0}).error().message, "shots is 0, expected 1 to 1000");
  EXPECT_EQ(run_gaussian({.steps = 0}).error().message, "steps is 0, expected 1 or more");
  EXPECT_EQ(run_gaussian({.tasks = 12}).error().message, "tasks is 12, expected a multiple of 8");
  EXPECT_EQ(run_gaussian({.rate = -1.0}).error().message, "rate is -1, expected above 0");
  EXPECT_EQ(run_gaussian({.test_tasks = 1}).error().message, "test tasks is 1, expected 2 or more");
  EXPECT_EQ(run_gaussian({.lambdas = {}}).error().message,
            "lambdas is empty, expected at least one");
  EXPECT_EQ(run_gaussian({.lambdas = {-1.0}}).error().message, "lambda is -1, expected 0 to 1000");
}

TEST(Gaussian, NamesALearnerWhoseInnerLoopsDiverge) {
  const auto rows = run_gaussian({.learners = {"maml"}, .steps = 20, .rate = 1e6});
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().kind, ErrorKind::InvalidInput);
  EXPECT_NE(rows.error().message.find("maml: the inner loops of"), std::string::npos)
      << rows.error().message;
}

TEST(Gaussian, StopsAtASignal) {
  set_interrupted(true);
  const auto rows = run_gaussian({.learners = {"maml"}});
  set_interrupted(false);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().kind, ErrorKind::Unavailable);
}

}  // namespace
}  // namespace meno
