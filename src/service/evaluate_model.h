// Use case: train and judge a model on a dataset under a protocol; write the report and the
// predictions if asked for.
#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"
#include "core/json_fwd.h"
#include "eval/evaluation.h"

namespace meno {

struct EvaluateModel {
  std::filesystem::path dataset;
  EvaluationPlan plan;
  std::filesystem::path report;       // HTML; empty: none
  std::filesystem::path predictions;  // CSV; empty: none
  std::string language = "en";        // of the report
  std::string command;                // as typed, for the report
};

/// The document of `meno evaluate --json` (see eval/evaluation_json.h).
/// Errors: those of the dataset, the registries, the split and the training; Unavailable when a
/// file cannot be written.
Result<Json> evaluate_model(const EvaluateModel& ask, const Clock& clock);

}  // namespace meno
