// Use case: a few-shot problem on a dataset, as the document of `meno benchmark new-student` and
// its like.
#pragma once

#include <filesystem>

#include "core/json_fwd.h"
#include "eval/fewshot/few_shot.h"

namespace meno {

struct BenchmarkFewShot {
  std::filesystem::path target;                     // a dataset folder
  std::vector<std::filesystem::path> sources = {};  // others, for the contestant `prior`
  FewShotPlan plan;
};

/// {"problem","seed","target","model","repeats","intervals","rows":[{"learner","answers","auc",
/// "auc_low","auc_high","log_loss","ece",...}]}. A figure that is not defined is null. Rows of
/// maml-kt also say "trained_on"; `late_...` are new students' answers from the 51st on; `..._gain`
/// is against `pretrained` on the same resamples, positive where better. Errors: those of the
/// dataset and run_few_shot.
Result<Json> benchmark_few_shot(const BenchmarkFewShot& ask);

}  // namespace meno
