// Two-sample test by a classifier: can real and made-up students be told apart? Half of each train
// it, the other halves are judged.
#pragma once

#include <cstdint>
#include <vector>

#include "eval/bootstrap.h"
#include "meta/generative/evidence_row.h"

namespace meno {

struct TwoSample {
  double auc = 0.5;          // of telling them apart; 0.5: it cannot be done
  Interval interval = {};    // over judged students
  double p_value = 1.0;      // of so high an AUC if both were drawn alike
  std::size_t students = 0;  // judged, real and made up
};

/// A logistic classifier with a normal prior on summaries (student_summary.h) and their squares.
/// The p-value is that of 999 relabellings of the judged students. Source: Lopez-Paz & Oquab 2017,
/// arXiv:1610.06545; permutations instead of their normal approximation. Each list has at least 4
/// students with answers.
TwoSample two_sample_test(const CourseCounts& course, const std::vector<Sequence>& real,
                          const std::vector<Sequence>& synthetic, std::uint64_t seed);

/// Percentile interval of the AUC of `score` against `label`, classes resampled apart, and P(as
/// high an AUC under a random relabelling). All [N], both classes present.
struct Separation {
  double auc = 0.5;
  Interval interval = {};
  double p_value = 1.0;
};
Separation separation_of(std::span<const double> score, std::span<const float> label, Rng rng);

}  // namespace meno
