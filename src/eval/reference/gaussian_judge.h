// How well, and how surely, new Gaussian tasks are told apart after a few points of each class.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/rng.h"
#include "eval/metrics/calibration.h"
#include "eval/reference/gaussian.h"

namespace meno {

class GaussianLearning;

/// One new task's points, summed up.
struct TaskScore {
  double accuracy = 0.0;
  double nll = 0.0;                                // mean nats
  std::array<double, kCalibrationBins> gaps = {};  // per bin: sum of confidence - right
  double points = 0.0;
};

/// Scores of `tasks` new tasks of `shots` points a class, each judged on 50 others. `rate` is of
/// the inner loop; a closed form has none.
std::vector<TaskScore> gaussian_scores(const GaussianLearning& learnt,
                                       const GaussianLearner& learner, double rate,
                                       std::size_t shots, Rng rng, int tasks);

double mean_nll(const std::vector<TaskScore>& scores);

/// Fills accuracy, nll and ece. ECE: |mean confidence - share right| over 15 bins of the likeliest
/// class's probability. Source: Guo, Pleiss, Sun & Weinberger 2017, equation 3.
void summarise(const std::vector<TaskScore>& scores, Rng rng, GaussianRow& row);

}  // namespace meno
