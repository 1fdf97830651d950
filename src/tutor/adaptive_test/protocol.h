// The protocol of Ghosh & Lan 2021 (BOBCAT, IJCAI, section 4; and the authors' published code) on
// any dataset: unseen students, part of whose answers may be asked for and the rest predicted.
//
// Students with at least `min_answers` different items are shuffled and cut into five parts; in
// fold f part f is the test, the next part validates, three train. Of a test student's items a
// fifth, rounded up and drawn at random, is predicted; the rest may be selected. After each number
// of questions all test students' predictions are pooled into an accuracy (threshold .5) and an
// AUC, which are averaged over draws and folds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "domain/dataset.h"

namespace meno {

struct AdaptiveProtocol {
  std::vector<int> questions = {1, 3, 5, 10};
  std::vector<std::string> selectors = {};  // all when empty
  int folds = 5;                            // of five, the first so many are run
  int repeats = 1;                          // draws of what is predicted, per fold
  int min_answers = 20;                     // different items of a student who takes part
  bool on_valid = false;                    // judge validation students: for choosing settings
  std::uint64_t seed = 0;
  int threads = 0;  // 0: all cores
};

struct AdaptiveRow {
  std::string selector;
  int questions = 0;
  double accuracy = 0.0;
  std::optional<double> auc = {};  // absent when all predicted answers of a fold are alike
  double accuracy_sd = 0.0;        // over folds
  double auc_sd = 0.0;
  double log_loss = 0.0;      // nats
  std::size_t predicted = 0;  // answers, over all folds and draws
  double us_per_step = 0.0;   // mean time to choose an item and take its answer
};

struct AdaptiveReport {
  std::size_t students = 0;       // who take part
  std::size_t left_out = 0;       // with too few answers
  std::size_t answers = 0;        // first attempts of those who take part
  std::vector<AdaptiveRow> rows;  // by selector, then questions
};

/// Errors: InvalidInput for questions below 1, an unknown selector, fewer than 15 students who
/// qualify; those of calibrate(); Unavailable when interrupted.
Result<AdaptiveReport> run_adaptive_protocol(const Dataset& dataset, const AdaptiveProtocol& plan);

}  // namespace meno
