// Utility: what a model trained on some students, real or made up, foresees of test students.
#pragma once

#include <array>
#include <optional>

#include "domain/course.h"
#include "eval/predictions.h"
#include "models/registry.h"

namespace meno {

/// Whom a model learns from, and who chooses its epoch. Only real students are real.
struct TrainingStudents {
  std::vector<Sequence> training;
  std::vector<Sequence> validation;
};

/// Every fifth of `real` chooses the epoch if there are five; without real ones, every fifth of
/// `synthetic`. All others train.
TrainingStudents training_students(std::span<const Sequence> real,
                                   std::span<const Sequence> synthetic);

/// AUC, log loss, ECE on `queries`; absent where not defined. Errors: as train.
using UtilityScore = std::array<std::optional<double>, 3>;
Result<UtilityScore> utility_of(const ModelEntry& model, const Course& course,
                                const TrainingStudents& students,
                                std::span<const ScoredWindow> queries, std::uint64_t seed,
                                int threads);

}  // namespace meno
