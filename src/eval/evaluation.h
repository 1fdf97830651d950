// Evaluation: a model trained and judged fold by fold under a protocol. Split -> train -> predict
// -> measure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/dataset.h"
#include "eval/bootstrap.h"
#include "eval/new_student.h"
#include "eval/predictions.h"
#include "eval/protocols/protocol.h"
#include "eval/robustness/robustness.h"
#include "meta/distillation/distillation.h"
#include "meta/registry.h"
#include "meta/training.h"

namespace meno {

/// What to run.
struct EvaluationPlan {
  std::string model = "evidence";
  Options model_options = {};
  std::string protocol = "holdout";
  std::vector<int> folds =
      {};  // empty: all that the protocol has (the first, if their number depends on the data)
  TrainOptions training = {};                     // its seed also draws splits and resamples
  std::optional<Distillation> distillation = {};  // learn from teachers, not from answers
  bool robust = false;                            // also judge on damaged histories
  double bots = 0.0;  // share of training and validation students who answer at random, in [0, 1]
  int resamples = 500;
};

/// How many students and answers a role has.
struct RoleSize {
  std::size_t students = 0;
  std::size_t answers = 0;
};

struct FoldResult {
  int fold = 0;
  std::string split;  // e.g. "akt fold 1"
  RoleSize train, valid, test;
  std::size_t left_out = 0;               // students the split placed nowhere
  Predictions predictions;                // of the test students
  std::vector<Measured> measured;         // on all of them
  std::vector<Measured> without_repeats;  // immediate repeats of an item fed, but not scored
  std::size_t scored_without_repeats = 0;
  std::vector<AfterAnswers> after;      // protocols that score after few answers
  std::vector<UnderCorruption> robust;  // if asked for
  std::vector<EpochRecord> epochs;
  int best_epoch = 0;
  std::optional<PrivacySpent> privacy;  // of a private training
  std::size_t parameters = 0;
  double train_seconds = 0.0;    // from counting course statistics to the final weights
  double predict_seconds = 0.0;  // encoding included
  double peak_rss_mb = 0.0;      // of this process during this fold, MiB
};

struct Evaluation {
  EvaluationPlan plan;
  std::string data_hash;
  std::vector<FoldResult> folds;
};

/// The same data and plan give the same predictions, whatever the time.
/// Errors: those of the registries, the split and the training.
Result<Evaluation> evaluate(const Course& course, const SplitSource& source,
                            const std::string& data_hash, const EvaluationPlan& plan);

/// The metric called `name` among `measured`; absent if not defined there.
std::optional<double> value_of(const std::vector<Measured>& measured, std::string_view name);

}  // namespace meno
