// How forgetting models are judged on real logs: fitted on other learners and on a learner's
// earlier reviews, each foresees his later ones.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "tutor/review/forgetting.h"

namespace meno {

/// A learner's tests of memory are cut into so many stretches of equal number, in order of time.
/// The first is only learnt from, the second chooses settings, the others are judged, each by what
/// was fitted on all before it.
inline constexpr std::size_t kStretches = 6;

struct ReviewProtocol {
  std::vector<std::string> models;       // all if empty
  bool on_valid = false;                 // judge the second stretch, to choose settings by
  std::size_t folds = 5;                 // of learners; a population is learnt from the other folds
  std::size_t least_tests = 60;          // of a learner who is judged
  std::size_t most_population = 20'000;  // tests of memory a population is learnt from
};

/// One review and what was said of it.
struct Foreseen {
  std::size_t learner = 0;
  std::uint32_t card = 0;
  double days = 0.0;       // since the card's last review
  std::size_t number = 0;  // of the card's review, from 1; the first is never foreseen
  std::size_t lapses = 0;  // of the card's tests of memory so far
  double p_recall = 0.0;
  bool recalled = false;
};

struct JudgedModel {
  const ForgettingEntry* model = nullptr;
  std::vector<Foreseen> foreseen;  // grouped by learner, in order of time
  std::vector<double> theta;       // of the last fit
  double seconds = 0.0;            // fitting and foreseeing
};

/// Every model on the same reviews. Errors: InvalidInput when no learner has enough tests of
/// memory, or for an unknown model; Unavailable when interrupted.
Result<std::vector<JudgedModel>> judge_forgetting(std::span<const ReviewLog> logs,
                                                  const ReviewProtocol& protocol);

/// sqrt(sum_b n_b (mean p - mean recalled)^2 / sum_b n_b) over bins of days, number and lapses that
/// widen geometrically; each review of learner or card `cluster[i]` counts weight[cluster[i]]
/// times. 0 without reviews. Source: RMSE(bins) of the open-spaced-repetition srs-benchmark.
double rmse_over_bins(std::span<const Foreseen> foreseen, std::span<const std::size_t> cluster,
                      std::span<const double> weight);

}  // namespace meno
