// Use case: a dataset -> a trained run. Splits the students as the source or a seed says and keeps
// the test students out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/json_fwd.h"
#include "core/result.h"
#include "meta/distillation/distillation.h"
#include "meta/training.h"

namespace meno {

struct TrainRun {
  std::filesystem::path data;  // a dataset folder
  std::filesystem::path out;   // the run folder to make; the checkpoint is out + ".partial"
  std::string model = "evidence";
  Options model_options = {};
  int fold = 1;                // which part is the test (AKT's fold, or the part of a seeded split)
  TrainOptions training = {};  // `checkpoint` is filled in
  /// A prior that a course of few students is adapted or grown from instead, when that foresees the
  /// validation students better (lower log loss); empty: none.
  std::filesystem::path prior = {};
  std::optional<Distillation> distillation = {};  // learn from teachers, not from answers
};

/// Writes the run (of several ranks, the first does) and returns
/// {"run","model","learner","split","students":{"train","valid","test"},"best_epoch",
/// "valid":{"auc","log_loss"},"train_seconds","epochs":[...],"data_hash","prior"}; "prior" is
/// {"valid_log_loss","grown","kept"} when one was asked, else null. "private" (see
/// meta/privacy/spent_json.h) is there of a private training.
/// Errors: NotFound (data); InvalidInput; Conflict when `out` is something else; Unavailable on
/// Ctrl-C or a full disk.
Result<Json> train_run(const TrainRun& ask);

}  // namespace meno
