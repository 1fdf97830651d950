// Use case: generators of made-up students judged on a dataset, as the document of `meno benchmark
// generative`.
#pragma once

#include <filesystem>
#include <vector>

#include "core/json_fwd.h"
#include "eval/generative/generative.h"

namespace meno {

struct BenchmarkGenerative {
  std::filesystem::path target;  // a dataset folder
  std::vector<std::filesystem::path> sources =
      {};  // other ones, for generators that learn from them
  GenerativePlan plan = {};
};

/// {"problem", "target", "target_hash", "sources", "seed", "repeats", "scored_students",
/// "training_students", "rows": [...]} with three kinds of rows, told apart by "judgement":
/// "utility": {"generator", "model", "trained_on": "real", "synthetic" or "real+synthetic",
/// "fraction", "students", "synthetic_students", "auc", "auc_low", "auc_high", "log_loss", ...,
/// "ece", ..., and "auc_gain", "auc_gain_low", ... over "real" of the same fraction};
/// "two-sample": {"generator", "auc", "auc_low", "auc_high", "p_value", "students"}, with a row
/// "real" for training against test students;
/// "privacy": {"generator", "closer_to_train", ..._low, ..._high, "exact_copies",
/// "exact_by_chance", "distance_to_train", "distance_to_held_out", "membership_auc", ...,
/// "membership_p_value", "fit_seconds", "draw_seconds"}. Errors: as Dataset::open and
/// judge_generators; InvalidInput when the target is among the sources.
Result<Json> benchmark_generative(const BenchmarkGenerative& ask);

}  // namespace meno
