// Use case: policies of practice side by side on simulated students fitted to a dataset, as the
// document of `meno benchmark paths`.
#pragma once

#include <filesystem>

#include "core/json_fwd.h"
#include "tutor/path/contest.h"

namespace meno {

struct BenchmarkPaths {
  std::filesystem::path data;   // a dataset folder
  std::filesystem::path graph;  // prerequisites, a file `meno graph` reads; empty: suggested ones
  ContestPlan plan;
};

/// {"problem","simulated":true,"built_on","rows":[{"policy","learner_family","steps","e_p",
/// "e_p_low","e_p_high","seconds_per_plan",...}],"mastery":[...],"families":[...]}.
/// Errors: those of the dataset and run_contest.
Result<Json> benchmark_paths(const BenchmarkPaths& ask);

}  // namespace meno
