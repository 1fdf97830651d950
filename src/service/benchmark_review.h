// Use case: forgetting models side by side on real review logs, as the document of `meno benchmark
// review`.
#pragma once

#include <filesystem>
#include <string>

#include "core/json_fwd.h"
#include "eval/bootstrap.h"
#include "tutor/review/protocol.h"

namespace meno {

struct BenchmarkReview {
  std::filesystem::path data;  // a dataset folder, or files that `meno import` reads
  std::string unit = "item";   // what counts as one card: item or skill
  ReviewProtocol plan;
  Bootstrap bootstrap;
};

/// {"problem","data","learners","reviews","judged_on","intervals",
/// "rows":[{"model","log_loss","rmse_bins","auc",...,"theta","seconds"}],"regimes":[{"regime",
/// "simulated":true,"reviews_per_card","remembered","reviews_per_remembered",...}]}; each figure
/// with "_low" and
/// "_high", and "log_loss_gain": how many nats a review the first model is ahead of the row's.
/// Intervals draw learners with replacement, cards where there is one learner. Errors: those of the
/// dataset, the import and judge_forgetting; InvalidInput for another unit or a dataset without
/// times.
Result<Json> benchmark_review(const BenchmarkReview& ask);

}  // namespace meno
