// Prequential score: how well answers were foreseen, each before it was known (Dawid 1984). Sums
// and counts alone, so that a course of any length takes the same memory.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "eval/metrics/calibration.h"

namespace meno {

struct PrequentialFigures {
  std::size_t answers = 0;
  std::optional<double> log_loss;  // nats per answer
  std::optional<double> auc;       // absent while all answers are alike
  std::optional<double> ece;       // calibration error, 15 bins of equal width
  std::optional<double> bias;      // mean p_correct less the share of right answers
};

/// The surprise of one answer in nats; `correct` in [0, 1].
double surprise(double p_correct, double correct);

class PrequentialScore {
 public:
  void add(double p_correct, double correct);
  PrequentialFigures figures() const;
  std::size_t answers() const { return answers_; }

 private:
  /// AUC is of p_correct rounded to so fine a grid: within 1e-3 of the exact one.
  static constexpr std::size_t kGrid = 100 * kCalibrationBins;
  struct Bin {
    double answers = 0.0;
    double p_correct = 0.0;
    double right = 0.0;
  };

  std::size_t answers_ = 0;
  double nats_ = 0.0;
  std::array<Bin, kCalibrationBins> bins_{};
  std::array<double, kGrid> right_{};
  std::array<double, kGrid> wrong_{};
};

}  // namespace meno
