// The list of student models. Adding one: models/<name>/, a row in registry.cc, a docs page;
// nothing else.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/options.h"
#include "core/result.h"
#include "models/student_model.h"

namespace meno {

/// Which training students the statistics behind a training student's own features are counted on.
enum class Fitting {
  Cross,        // all folds but his own
  Prequential,  // the folds before his own: what was known when he came. For few students, whose
                // answers the others' statistics would still give away
};

/// What a model may count before it is trained: the training students' histories and the size of
/// the vocabulary. `training[k].fold` is in [0, folds), and the statistics for that student's
/// windows are those of the folds that `fitting` says; with `folds` 0 every fold is kNoFold and
/// there is one set of statistics.
struct Cohort {
  std::size_t items = 0;
  std::size_t skills = 0;
  std::span<const Window> training;
  int folds = 0;
  Fitting fitting = Fitting::Cross;
};

/// How a model is best trained unless the caller says otherwise (see meta/training.h).
struct TrainingDefaults {
  int epochs = 12;
  double rate = 2e-3;          // base learning rate of AdamW
  double weight_decay = 1e-3;  // per unit of rate, times each block's own multiplier
  int window = 200;            // rows a training window has at most; 0: whole histories
  int batch_rows =
      6400;  // of one step: longest window x windows of a batch is at most this (or one window)
};

struct ModelEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;  // author year, or "Meno"
  /// A fresh model, its course statistics counted on the cohort. Errors: InvalidInput for an
  /// unknown or bad option.
  Result<std::unique_ptr<const StudentModel>> (*fit)(const Options& options, const Cohort& cohort);
  /// The model of a stored run. Errors: InvalidInput when the statistics are not this model's.
  Result<std::unique_ptr<const StudentModel>> (*load)(const Options& options,
                                                      const Tensors& statistics);
  TrainingDefaults training = {};
  /// The model whose statistics (StudentModel::statistics) are given, moved to another course: its
  /// theta means the same, the statistics are the cohort's (which may be empty). Windows encoded by
  /// one may be computed by the other. nullptr where parameters always name items or skills.
  /// Errors: InvalidInput under options with which they do.
  Result<std::unique_ptr<const StudentModel>> (*move)(const Options& options,
                                                      const Tensors& statistics,
                                                      const Cohort& cohort) = nullptr;
  /// A model of the cohort's course that takes what it can from one of another: how features are
  /// scaled, and parameters by the names of their blocks (transplanted()). It may have blocks of
  /// its course's own beside these. nullptr where parameters always name items or skills. Errors:
  /// InvalidInput for statistics of another model.
  Result<std::unique_ptr<const StudentModel>> (*grow)(const Options& options,
                                                      const Tensors& statistics,
                                                      const Cohort& cohort) = nullptr;
  /// Options under which the model computes in double throughout, e.g. "precision=double", for
  /// tests against differences; "" when it always does.
  std::string_view exact = "";
  /// Options under which it moves, e.g. "skill_vectors=false"; "" when it always does or never.
  std::string_view movable = "";
};

std::span<const ModelEntry> model_registry();

/// Errors: InvalidInput naming the models there are.
Result<const ModelEntry*> find_model(std::string_view name);

}  // namespace meno
