// Utility: what a model trained on some students, real or made up, foresees of test students.
#pragma once

#include <array>
#include <optional>

#include "domain/course.h"
#include "eval/predictions.h"
#include "models/registry.h"

namespace meno {

/// Real students, then made-up ones.
std::vector<Sequence> together(std::span<const Sequence> real, std::span<const Sequence> synthetic);

/// AUC, log loss, ECE on `queries`; absent where not defined. Trains for the model's own number of
/// epochs, or for more where those would be fewer than 300 steps, and keeps the last: what is
/// compared then had as many steps, and nobody is spared to choose an epoch. Errors: as train.
using UtilityScore = std::array<std::optional<double>, 3>;
Result<UtilityScore> utility_of(const ModelEntry& model, const Course& course,
                                const std::vector<Sequence>& students,
                                std::span<const ScoredWindow> queries, std::uint64_t seed,
                                int threads);

}  // namespace meno
