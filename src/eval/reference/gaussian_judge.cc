#include "eval/reference/gaussian_judge.h"

#include <algorithm>
#include <cmath>

#include "eval/reference/gaussian_learning.h"
#include "eval/reference/lane_sums.h"

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;
constexpr std::size_t kClasses = GaussianTasks::kClasses;
constexpr std::size_t kTestPerClass = 10;
constexpr int kDrawPairs = 16;   // of a posterior, for a prediction
constexpr int kResamples = 200;  // of tasks, for the interval of the ECE
using Kind = GaussianLearner::Kind;

/// Probabilities of one point, by class. Where an inner loop has left the finite numbers, all
/// alike.
using Chances = std::array<double, kClasses>;

Chances softmax(const Chances& z) {
  const double highest = *std::max_element(z.begin(), z.end());
  Chances p;
  double sum = 0.0;
  for (std::size_t c = 0; c < kClasses; ++c) sum += p[c] = std::exp(z[c] - highest);
  for (double& value : p) value = std::isfinite(sum) ? value / sum : 1.0 / kClasses;
  return p;
}

/// Eight new tasks at a time.
class Judge {
 public:
  Judge(const GaussianLearning& learnt, const GaussianLearner& learner, double rate,
        std::size_t shots)
      : learnt_(learnt),
        learner_(learner),
        network_(learnt.network()),
        shots_(shots),
        rates_(network_.parameters(), rate),
        unrolled_(network_),
        variational_(network_) {
    spread_over_lanes(learnt.theta(), start_);
  }

  std::vector<TaskScore> scores(Rng rng, int tasks) {
    std::vector<TaskScore> scores;
    while (static_cast<int>(scores.size()) < tasks) {
      const GaussianTasks drawn = GaussianTasks::draw(rng);
      support_ = drawn.points(rng, shots_);
      query_ = drawn.points(rng, kTestPerClass);
      chances_.assign(query_.y.size(), Chances{});
      predict(rng.next());
      for (std::size_t l = 0; l < kLanes && static_cast<int>(scores.size()) < tasks; ++l) {
        scores.push_back(score(l));
      }
    }
    return scores;
  }

 private:
  void predict(std::uint64_t seed) {
    if (learner_.kind == Kind::ClosedForm) return predict_exactly();
    if (learner_.kind == Kind::Posterior) return predict_by_draws(seed);
    std::array<double, kLanes> unused{};
    const auto own = unrolled_.adapt(
        start_, support_, {.steps = GaussianLearning::kInnerSteps, .rates = rates_}, unused);
    add_network({own.begin(), own.end()}, 1.0);
  }

  /// Adds `share` of the network's probabilities.
  void add_network(const std::vector<float>& theta, double share) {
    network_.output(theta, query_, trace_);
    const std::size_t stride = query_.y.size();
    for (std::size_t k = 0; k < stride; ++k) {
      Chances z;
      for (std::size_t c = 0; c < kClasses; ++c) {
        z[c] = static_cast<double>(trace_.output[c * stride + k]);
      }
      const Chances p = softmax(z);
      for (std::size_t c = 0; c < kClasses; ++c) chances_[k][c] += share * p[c];
    }
  }

  void predict_by_draws(std::uint64_t seed) {
    variational_.adapt(start_, support_,
                       {.steps = GaussianLearning::kInnerSteps,
                        .rates = rates_,
                        .log_sd = learnt_.log_sd(),
                        .prior = learnt_.lambda() / static_cast<double>(support_.samples),
                        .pairs = 4,
                        .seed = seed});
    const std::vector<float> mean = variational_.mean();
    const std::vector<float> sd = variational_.sd();
    Rng rng(mix64(seed));
    std::vector<float> noise(mean.size() / kLanes);
    std::vector<float> drawn(mean.size());
    for (int pair = 0; pair < kDrawPairs; ++pair) {
      for (float& value : noise) value = static_cast<float>(rng.normal());
      for (const float sign : {1.0F, -1.0F}) {
        for (std::size_t i = 0; i < drawn.size(); ++i) {
          drawn[i] = mean[i] + sign * sd[i] * noise[i / kLanes];
        }
        add_network(drawn, 0.5 / kDrawPairs);
      }
    }
  }

  void predict_exactly() {
    for (std::size_t l = 0; l < kLanes; ++l) {
      std::array<std::vector<Point>, kClasses> seen;
      for (std::size_t s = 0; s < support_.samples; ++s) {
        const auto label = static_cast<std::size_t>(support_.y[s * kLanes + l]);
        seen[label].push_back(point_of(support_, s, l));
      }
      for (std::size_t s = 0; s < query_.samples; ++s) {
        Chances log_p;
        for (std::size_t c = 0; c < kClasses; ++c) {
          log_p[c] = log_predictive(seen[c], point_of(query_, s, l));
        }
        chances_[s * kLanes + l] = softmax(log_p);
      }
    }
  }

  TaskScore score(std::size_t lane) const {
    TaskScore score;
    score.points = static_cast<double>(query_.samples);
    for (std::size_t k = lane; k < chances_.size(); k += kLanes) {
      const Chances& p = chances_[k];
      const auto label = static_cast<std::size_t>(query_.y[k]);
      const auto* const likeliest = std::max_element(p.begin(), p.end());
      const double right = static_cast<std::size_t>(likeliest - p.begin()) == label ? 1.0 : 0.0;
      score.accuracy += right / score.points;
      score.nll -= std::log(std::max(p[label], 1e-30)) / score.points;
      score.gaps[calibration_bin(*likeliest)] += *likeliest - right;
    }
    return score;
  }

  const GaussianLearning& learnt_;
  const GaussianLearner& learner_;
  const LaneNetwork& network_;
  std::size_t shots_;
  Params rates_;
  Unrolled<LaneNetwork> unrolled_;
  Variational<LaneNetwork> variational_;
  std::vector<float> start_;  // [P, 8]
  LaneSamples support_;
  LaneSamples query_;
  std::vector<Chances> chances_;  // [samples, 8]
  LaneNetwork::Trace trace_;
};

Mean mean_of(const std::vector<TaskScore>& scores, double TaskScore::*part) {
  double sum = 0.0;
  double squares = 0.0;
  for (const TaskScore& score : scores) {
    sum += score.*part;
    squares += score.*part * score.*part;
  }
  const auto count = static_cast<double>(scores.size());
  const double mean = sum / count;
  return {mean, 1.96 * std::sqrt(std::max(0.0, squares / count - mean * mean) / count)};
}

/// Over the tasks that `pick` names, one after the other.
template <class Pick>
double ece(const std::vector<TaskScore>& scores, Pick pick) {
  std::array<double, kCalibrationBins> gaps{};
  double points = 0.0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const TaskScore& score = scores[pick(i)];
    for (std::size_t bin = 0; bin < kCalibrationBins; ++bin) gaps[bin] += score.gaps[bin];
    points += score.points;
  }
  double sum = 0.0;
  for (const double gap : gaps) sum += std::abs(gap);
  return sum / points;
}

}  // namespace

std::vector<TaskScore> gaussian_scores(const GaussianLearning& learnt,
                                       const GaussianLearner& learner, double rate,
                                       std::size_t shots, Rng rng, int tasks) {
  return Judge(learnt, learner, rate, shots).scores(rng, tasks);
}

double mean_nll(const std::vector<TaskScore>& scores) {
  return mean_of(scores, &TaskScore::nll).value;
}

void summarise(const std::vector<TaskScore>& scores, Rng rng, GaussianRow& row) {
  row.accuracy = mean_of(scores, &TaskScore::accuracy);
  row.nll = mean_of(scores, &TaskScore::nll);
  double sum = 0.0;
  double squares = 0.0;
  for (int resample = 0; resample < kResamples; ++resample) {
    const double value = ece(scores, [&](std::size_t) { return rng.below(scores.size()); });
    sum += value / kResamples;
    squares += value * value / kResamples;
  }
  row.ece.value = ece(scores, [](std::size_t i) { return i; });
  row.ece.half_width = 1.96 * std::sqrt(std::max(0.0, squares - sum * sum));
}

}  // namespace meno
