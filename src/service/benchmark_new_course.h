// Use case: learners and baselines on a course that nobody trained on, as the document of `meno
// benchmark new-course`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/json_fwd.h"
#include "eval/courses/new_course.h"

namespace meno {

struct BenchmarkNewCourse {
  std::vector<std::filesystem::path> sources;  // dataset folders
  std::filesystem::path target;
  NewCoursePlan plan;
  std::filesystem::path report;  // HTML, with a map of the courses; empty: none
  std::string language = "en";   // of the report: en or zh-CN
};

/// {"problem", "target", "sources", "seed", "repeats", "scored_students", "prior_seconds",
/// "rows": [{"learner", "source", "students", "auc", "auc_low", "auc_high", "log_loss",
/// "log_loss_low", "log_loss_high", "ece", "ece_low", "ece_high", "auc_gain", "auc_gain_low",
/// "auc_gain_high", "log_loss_gain", ..., "seconds"}]}; gains are over `fine-tuned`, draw by draw.
/// With a map also "map": {"explained": [2], "points": [{"kind", "students", "x", "y"}],
/// "distances": [{"students", "kind", "reaches"}], "recognition": [{"kind", "halves_apart",
/// "others_apart", "recognised"}]}, `students` being 0 for known courses (course_map.h).
/// Errors: as Dataset::open, run_new_course and write_file_atomically; InvalidInput for an unknown
/// language, or when the target is among the sources.
Result<Json> benchmark_new_course(const BenchmarkNewCourse& ask);

}  // namespace meno
