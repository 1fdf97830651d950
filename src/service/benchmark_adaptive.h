// Use case: adaptive testing on a dataset, as the document of `meno benchmark adaptive-test`.
#pragma once

#include <filesystem>

#include "core/json_fwd.h"
#include "service/simulated_tests.h"
#include "tutor/adaptive_test/protocol.h"

namespace meno {

struct BenchmarkAdaptiveTest {
  std::filesystem::path data;  // a dataset folder
  AdaptiveProtocol plan;
  SimulateTests simulate = {};
};

/// {"problem","seed","data","students","students_left_out","answers","folds","repeats",
/// "min_answers","rows":[{"selector","questions","accuracy","auc","accuracy_sd","auc_sd",
/// "log_loss","predicted","us_per_step"}],"simulated_tests": see simulated_tests()}. An AUC that is
/// not defined is null. Errors: those of the dataset and run_adaptive_protocol.
Result<Json> benchmark_adaptive_test(const BenchmarkAdaptiveTest& ask);

}  // namespace meno
