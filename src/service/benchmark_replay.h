// Use case: policies of practice replayed on real records, as the document of `meno benchmark
// replay`.
#pragma once

#include <filesystem>

#include "core/json_fwd.h"
#include "eval/bootstrap.h"
#include "tutor/replay/replay.h"

namespace meno {

struct BenchmarkReplay {
  std::filesystem::path data;  // a dataset folder
  ReplayPlan plan;
  Bootstrap bootstrap;
};

/// {"problem","simulated":false,"reward","limits","rows":[{"policy","ips","snips","direct",
/// "doubly_robust","gain",...,"effective_decisions","mean_weight","most_weight","agreement"}],
/// "logging"}; values are mean rewards a decision, "gain" is doubly robust above "logged", with
/// "_low" and "_high". Errors: those of the dataset and of replay().
Result<Json> benchmark_replay(const BenchmarkReplay& ask);

}  // namespace meno
