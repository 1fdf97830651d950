// Training: answers a second of every model of the registry through the trainer on one thread
// (counting, encoding and all), and what a plain loop of dense multiply-adds manages in the same
// run.
#include <algorithm>
#include <ctime>
#include <deque>
#include <numeric>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "meta/training.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr std::size_t kStudents = 300;
constexpr std::size_t kAnswers = 100;
constexpr std::size_t kItems = 2000;
constexpr std::size_t kSkills = 60;
constexpr int kEpochs = 3;

/// The fixed yardstick: forward and backward through a dense layer of 64 x 256 take about so many
/// multiply-adds an answer.
constexpr std::size_t kReferenceRows = 192;
constexpr std::size_t kReferenceColumns = 256;

struct Cohort {
  Cohort() {
    Rng rng(1);
    for (std::size_t i = 0; i < kItems; ++i) course.items.intern("i" + std::to_string(i));
    for (std::size_t s = 0; s < kSkills; ++s) course.skills.intern("s" + std::to_string(s));
    for (std::size_t k = 0; k < kStudents; ++k) {
      History& history = histories.emplace_back();
      const double ability = rng.normal();
      for (std::size_t t = 0; t < kAnswers; ++t) {
        const std::size_t item = rng.below(kItems);
        const SkillId skills[] = {SkillId(item % kSkills)};
        const double p = sigmoid(ability + 0.001 * static_cast<double>(item) - 1.0);
        history.push_back(
            {.item = ItemId(item), .skills = skills, .correct = rng.chance(p) ? 1.0F : 0.0F});
      }
    }
  }
  Course course;
  std::deque<History> histories;
};

const Cohort& cohort() {
  static const Cohort made;
  return made;
}

/// Processor time, so that a busy machine does not blur the ratio.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Answers a second of the reference loop, best of several goes.
double reference_rate() {
  static const double rate = [] {
    const std::vector<float> matrix(kReferenceRows * kReferenceColumns, 0.5F);
    std::vector<float> x(kReferenceColumns, 1.0F);
    double best = 0.0;
    for (int go = 0; go < 5; ++go) {
      constexpr int kLoops = 2000;
      const double begin = processor_seconds();
      for (int loop = 0; loop < kLoops; ++loop) {
        float total = 0.0F;
        for (std::size_t row = 0; row < kReferenceRows; ++row) {
          float lanes[8] = {};
          const float* const w = matrix.data() + row * kReferenceColumns;
          for (std::size_t c = 0; c < kReferenceColumns; c += 8) {
            for (std::size_t lane = 0; lane < 8; ++lane) lanes[lane] += w[c + lane] * x[c + lane];
          }
          total += std::accumulate(lanes, lanes + 8, 0.0F);
        }
        x[static_cast<std::size_t>(loop) % kReferenceColumns] = total * 1e-6F;
      }
      benchmark::DoNotOptimize(x.data());
      best = std::max(best, kLoops / (processor_seconds() - begin));
    }
    return best;
  }();
  return rate;
}

void train_model(benchmark::State& state, const ModelEntry& entry) {
  TrainingData data{
      .course = cohort().course, .training = {}, .validation = {}, .data_hash = "bench"};
  for (const History& history : cohort().histories) data.training.push_back(history.view());
  double seconds = 0.0;
  for (auto _ : state) {
    const double begin = processor_seconds();
    const Result<Trained> trained = train(entry, {}, data, {.epochs = kEpochs});
    if (!trained) {
      state.SkipWithError(trained.error().message.c_str());
      return;
    }
    seconds += processor_seconds() - begin;
  }
  const double answers = static_cast<double>(state.iterations()) * kEpochs * kStudents * kAnswers;
  state.counters["answers_per_s"] = answers / seconds;
  state.counters["of_reference"] = answers / seconds / reference_rate();
}

const int registered = [] {
  for (const ModelEntry& entry : model_registry()) {
    benchmark::RegisterBenchmark(("train/" + std::string(entry.name)).c_str(),
                                 [&entry](benchmark::State& state) { train_model(state, entry); })
        ->Unit(benchmark::kMillisecond);
  }
  return 0;
}();

}  // namespace
}  // namespace meno
