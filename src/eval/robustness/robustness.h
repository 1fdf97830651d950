// Robustness: how well are true answers foreseen from histories that are not quite true?
#pragma once

#include <span>
#include <vector>

#include "eval/bootstrap.h"
#include "eval/predictions.h"
#include "eval/robustness/corruption.h"
#include "models/student_model.h"

namespace meno {

struct UnderCorruption {
  const Corruption* corruption = nullptr;
  std::size_t scored = 0;
  std::vector<Measured> measured = {};  // on what the students answered, whatever was observed
};

/// One row per corruption of the registry, each on the same scored answers. The damage is drawn
/// from the bootstrap's seed, a stream per student; the result does not depend on the threads.
std::vector<UnderCorruption> under_corruption(const StudentModel& model, ParamView theta,
                                              std::span<const ScoredWindow> students,
                                              const Bootstrap& bootstrap);

}  // namespace meno
