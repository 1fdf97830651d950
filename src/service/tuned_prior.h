// A prior tuned to a course: the run's parameters moved to the course's own statistics and to what
// its students' answers say (meta/prior/tuning.h).
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "domain/sequence.h"
#include "meta/run.h"
#include "models/registry.h"

namespace meno {

/// Whether the run can move to another course with all of its parameters.
bool moves(const Run& run, const ModelEntry& entry);

struct TunedPrior {
  std::shared_ptr<const StudentModel> model;
  Params theta;
  std::vector<std::unique_ptr<const Encoded>> windows;  // of the students, as `model` reads them
};

/// `students` in the order in which they came. `stopped`, if given, is asked now and then; once it
/// says so the tuning ends where it is. Errors: InvalidInput for a run that names its items.
Result<TunedPrior> tuned_prior(const Run& run, std::span<const Sequence> students, int threads,
                               std::function<bool()> stopped = {});

}  // namespace meno
