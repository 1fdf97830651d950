// Second-order MAML on the sinusoid network: tasks a second on one thread, and what the same number
// of multiply-adds would take as one large matrix product in the same run.
#include <cmath>
#include <ctime>
#include <vector>

#include <Eigen/Dense>
#include <benchmark/benchmark.h>

#include "core/rng.h"
#include "eval/reference/lane_sums.h"
#include "eval/reference/waves.h"
#include "meta/unrolled/unrolled.h"

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;
constexpr std::size_t kShots = 5;
constexpr int kSide = 512;  // of the large product

/// One group of eight tasks, ready to be differentiated through one inner step.
struct Tasks {
  Tasks() {
    Rng rng(1);
    const Waves waves = Waves::draw(rng);
    waves.points(rng, kShots, false, support);
    waves.points(rng, kShots, false, query);
    spread_over_lanes(network.layout().initial(rng), start);
    rates.assign(network.parameters(), 0.01);
    slope.assign(start.size(), 0.0F);
  }

  void run() { unrolled.gradient(start, support, query, {.steps = 1, .rates = rates}, slope, {}); }

  /// Multiply-adds a task: the query's and the support's forward, weight-gradient and
  /// input-gradient products, and twice as many for the Hessian's. The first layer has no
  /// input-gradient; that is left uncounted, in favour of the large product.
  double products() const {
    const auto weights = static_cast<double>(network.parameters());
    return static_cast<double>(kShots) * weights * (3.0 + 3.0 + 6.0);
  }

  LaneNetwork network{{1, 40, 40, 1}, OutputLoss::SquaredError};
  Unrolled<LaneNetwork> unrolled{network};
  LaneSamples support, query;
  std::vector<float> start, slope;
  Params rates;
};

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Multiply-adds a second of a large product, best of several goes.
double product_rate() {
  const Eigen::MatrixXf a = Eigen::MatrixXf::Random(kSide, kSide);
  const Eigen::MatrixXf b = Eigen::MatrixXf::Random(kSide, kSide);
  Eigen::MatrixXf c(kSide, kSide);
  double best = 0.0;
  for (int go = 0; go < 7; ++go) {
    const double begin = processor_seconds();
    for (int i = 0; i < 10; ++i) {
      c.noalias() = a * b;
      benchmark::DoNotOptimize(c.data());
    }
    best = std::max(best, 10.0 * std::pow(kSide, 3) / (processor_seconds() - begin));
  }
  return best;
}

void BM_SecondOrderMaml(benchmark::State& state) {
  Tasks tasks;
  const double limit = product_rate() / tasks.products();
  for (auto _ : state) tasks.run();
  const auto done = static_cast<double>(state.iterations()) * static_cast<double>(kLanes);
  state.counters["tasks"] = benchmark::Counter(done, benchmark::Counter::kIsRate);
  state.counters["of_product_limit"] =
      benchmark::Counter(done / limit, benchmark::Counter::kIsRate);
}
BENCHMARK(BM_SecondOrderMaml);

}  // namespace
}  // namespace meno
