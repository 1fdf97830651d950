// Sources: dataset folders opened as courses to learn a prior from.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "domain/dataset.h"
#include "meta/prior/prior.h"

namespace meno {

/// The courses view into the datasets.
struct OpenSources {
  std::vector<Dataset> datasets;
  std::vector<CourseSource> courses;
};
/// Errors: InvalidInput without folders; as Dataset::open.
Result<OpenSources> open_sources(std::span<const std::filesystem::path> folders);

/// Errors: InvalidInput when a source holds the very answers of `target`, which would then be
/// learnt from before they are foreseen. Other tellings of the same records cannot be recognised.
Result<Done> check_target_apart(const Dataset& target, const OpenSources& sources);

/// Every student's answers, [S].
std::vector<Sequence> all_sequences(const Dataset& dataset);

}  // namespace meno
