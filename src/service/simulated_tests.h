// Simulated tests beside the benchmark of adaptive testing: what exposure control and
// classification do on a bank calibrated on a dataset. The students are simulated and labelled so.
#pragma once

#include <optional>

#include "core/json_fwd.h"
#include "domain/dataset.h"
#include "tutor/adaptive_test/session.h"

namespace meno {

struct SimulateTests {
  std::optional<double> exposure;  // share of students that no item may exceed
  std::optional<double> cut;
  double indifference = 0.3;
  double error = 0.05;  // of either kind
  int longest = 20;
  std::size_t bank = 200;       // items, those answered most often
  std::size_t students = 1000;  // simulated, a row
  std::uint64_t seed = 0;
};

/// {"simulated":true,"bank","longest","exposure":[{"selector","most","largest","largest_before",
/// "mean_questions"}],"classification":[{"rule","ability","above","mean_questions","decided"}]}.
/// Null where neither an exposure nor a cut is given. Errors: those of calibrate(),
/// calibrate_exposure() and TestSession::begin.
Result<Json> simulated_tests(const Dataset& dataset, const SimulateTests& ask);

}  // namespace meno
