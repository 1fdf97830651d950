// Training: any model of the registry, any learner of the registry, one loop. Events in, parameters
// and a learning curve out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/options.h"
#include "core/ranks.h"
#include "core/result.h"
#include "domain/course.h"
#include "domain/sequence.h"
#include "meta/feed.h"
#include "meta/privacy/privacy.h"
#include "models/registry.h"
#include "models/student_model.h"

namespace meno {

/// Whole histories of students, oldest answer first; empty ones are ignored. The owner of the
/// sequences and the course must outlive the call.
struct TrainingData {
  const Course& course;
  std::vector<Sequence> training;
  std::vector<Sequence>
      validation;  // other students; empty: no early stopping, the last epoch is kept
  std::string data_hash;
};

/// A model of other courses that a training begins from: its statistics, and theta in its layout.
struct Ancestor {
  Tensors statistics;
  ParamLayout layout;
  Params theta;
};
std::shared_ptr<const Ancestor> ancestor_of(const StudentModel& model, ParamView theta);

/// Where a field says "the model's", its ModelEntry's TrainingDefaults decide.
struct TrainOptions {
  std::string learner = "direct";
  Options learner_options = {};
  std::uint64_t seed = 0;
  /// 0: all cores. The result depends on the number (order of sums), never on timing.
  int threads = 1;
  int epochs = 0;    // 0: the model's
  int patience = 4;  // epochs without a better validation AUC before stopping; 0: never stop early
  /// Longest window x windows of a batch is at most this (or the batch is one window); absent: the
  /// model's.
  std::optional<int> batch_rows = std::nullopt;
  /// Scored rows a training window has at most; 0: whole histories; absent: the model's.
  std::optional<int> window = std::nullopt;
  bool carry_context =
      false;      // recurrent states start at the student's first answer, not at the window's
  int folds = 8;  // cross-fitting folds of students for course statistics; 0: none
  std::optional<double> rate = std::nullopt;          // base learning rate; absent: the model's
  std::optional<double> weight_decay = std::nullopt;  // absent: the model's
  double clip = 1.0;    // bound on the global norm of a step's gradient; 0: none
  bool average = true;  // evaluate and keep the running average of theta
  Params start = {};    // theta [P] to begin with; empty: drawn from the model's layout
  /// What the model is grown from (ModelEntry::grow), under options that have its sizes; null:
  /// nothing. Not with `start`, nor in private.
  std::shared_ptr<const Ancestor> ancestor = {};
  std::filesystem::path checkpoint = {};  // folder for the state on Ctrl-C; empty: none is written
  bool resume = false;  // go on from `checkpoint`, to the same bytes as without the stop
  /// The processes that share every step and the validation; absent: this one alone. N ranks of T
  /// threads give what one process of N x T threads gives, to rounding; with T of 1 the same bytes.
  /// Rank 0 alone writes checkpoints, and all must be able to read one.
  Ranks* ranks = nullptr;
  /// Bounds what the result says about any one training student; absent: nothing is bounded. `clip`
  /// and `batch_rows` have no say then. Resuming draws new samples and noise unless they are
  /// seeded.
  std::optional<Privacy> privacy = std::nullopt;
};

struct EpochRecord {
  int epoch = 0;            // from 1
  double train_loss = 0.0;  // mean nats over the epoch's steps, noise and all
  /// Absent without validation students, or when all their answers are alike.
  std::optional<double> valid_auc = std::nullopt;
  std::optional<double> valid_log_loss = std::nullopt;  // nats
  double seconds = 0.0;                                 // training and validation
};

struct Trained {
  std::shared_ptr<const StudentModel> model;
  Params theta;        // [P] of the best epoch
  Params learnt = {};  // [E], the learner's own of that epoch (LearnerSetup::own); mostly empty
  std::vector<EpochRecord> epochs;
  int best_epoch = 0;
  double seconds = 0.0;  // counting, encoding, training and validation
  std::optional<PrivacySpent> privacy = std::nullopt;  // of a private training
};

/// The same data, options, seed and thread count give the same bytes, on every rank.
/// Errors: InvalidInput for a bad option, no training answers, or a loss that is not finite (naming
/// the step); Unavailable after an interrupt (a checkpoint is there if asked for) or when another
/// rank has failed.
Result<Trained> train(const ModelEntry& entry, const Options& model_options,
                      const TrainingData& data, const TrainOptions& options);

/// The same loop for a model whose statistics are there already, fed by `feed`, without validation:
/// the last epoch is kept. `feed`'s windows must be encoded by `model`, or by it moved to another
/// course. `folds`, `window`, `batch_rows` and `carry_context` are the feed's affair.
Result<Trained> train_fed(const ModelEntry& entry, std::unique_ptr<const StudentModel> model,
                          std::unique_ptr<Feed> feed, const TrainOptions& options);

}  // namespace meno
