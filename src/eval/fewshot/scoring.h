// Scoring: a contestant's predictions on a round -> metrics on resamples of the students, and rows
// that average repeats.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "eval/fewshot/contestants.h"

namespace meno {

/// AUC, log loss and ECE of one band of one repeat, with their values on every resample.
struct BandScores {
  std::size_t students = 0;
  std::size_t scored = 0;
  std::array<std::optional<double>, 3> value;
  std::array<std::vector<std::optional<double>>, 3> resampled;
};

/// One contestant on one round.
struct RoundScores {
  std::string setting;
  std::vector<BandScores> bands;
  double seconds = 0.0;
};

/// The contestant's best setting on the validation tasks (by log loss of the first band), judged on
/// the test tasks. Resamples of the same round draw the same students, whatever the contestant.
Result<RoundScores> judged(const Contestant& contestant, const Round& round,
                           const FewShotPlan& plan);

/// The mean of repeats; `reference` are those of `pretrained`, or empty.
FewShotScore summed_up(const std::vector<const BandScores*>& repeats,
                       const std::vector<const BandScores*>& reference);

}  // namespace meno
