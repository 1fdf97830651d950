// A prior as a rival of a model trained from scratch: where a course has few students, what is
// known of all courses often foresees them better.
#pragma once

#include <optional>
#include <vector>

#include "domain/sequence.h"
#include "meta/run.h"
#include "meta/validation.h"

namespace meno {

/// Training students above which nobody asks a prior: a model of the course's own then knows more,
/// and tuning would take minutes.
inline constexpr std::size_t kMostTunedOn = 300;

struct PriorCandidate {
  std::shared_ptr<const StudentModel> model;
  Params theta;
  ValidationScore valid;
};

/// The prior moved and tuned to the training students. Absent with more than kMostTunedOn of them,
/// or fewer than 2. Errors: as load_run; InvalidInput for a run that names its items.
Result<std::optional<PriorCandidate>> prior_candidate(const std::filesystem::path& prior,
                                                      const std::vector<Sequence>& training,
                                                      const std::vector<Sequence>& validation,
                                                      int threads);

}  // namespace meno
