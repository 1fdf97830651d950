// Use case: learners and baselines on a course that nobody trained on, as the document of `meno
// benchmark new-course`.
#pragma once

#include <filesystem>
#include <vector>

#include "core/json.h"
#include "eval/courses/new_course.h"

namespace meno {

struct BenchmarkNewCourse {
  std::vector<std::filesystem::path> sources;  // dataset folders
  std::filesystem::path target;
  NewCoursePlan plan;
};

/// {"problem", "target", "sources", "seed", "repeats", "scored_students", "prior_seconds",
/// "rows": [{"learner", "source", "students", "auc", "auc_low", "auc_high", "log_loss",
/// "log_loss_low", "log_loss_high", "ece", "ece_low", "ece_high", "auc_gain", "auc_gain_low",
/// "auc_gain_high", "log_loss_gain", ..., "seconds"}]}; gains are over `fine-tuned`, draw by draw.
/// Errors: as Dataset::open and run_new_course; InvalidInput when the target is among the sources.
Result<Json> benchmark_new_course(const BenchmarkNewCourse& ask);

}  // namespace meno
