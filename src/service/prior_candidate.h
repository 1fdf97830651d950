// A prior as a rival of a model trained from scratch: where a course has few students, what is
// known of all courses often foresees them better.
#pragma once

#include <optional>
#include <vector>

#include "meta/run.h"
#include "meta/training.h"
#include "meta/validation.h"

namespace meno {

/// Training students above which nobody asks a prior: a model of the course's own then knows more,
/// and tuning would take minutes.
inline constexpr std::size_t kMostTunedOn = 300;

/// Whether a prior is worth asking: not with more training students than kMostTunedOn, nor fewer
/// than 2.
bool asks_prior(std::size_t training_students);

struct PriorCandidate {
  bool grown = false;  // else tuned
  Options model_options;
  std::shared_ptr<const StudentModel> model;
  Params theta;
  ValidationScore valid;
};

/// What a prior makes of a course: tuned to the training students, and grown in it (growing.h).
/// Empty where nobody asks it. Errors: as load_run; InvalidInput for a run that names its items; as
/// train.
Result<std::vector<PriorCandidate>> prior_candidates(const Run& prior, const TrainingData& data,
                                                     std::uint64_t seed, int threads);

}  // namespace meno
