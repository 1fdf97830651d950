// Private training: which model, which samples and which bounds keep every way that a training
// student could reach the result inside the accountant's sight.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "meta/feed.h"
#include "meta/privacy/privacy.h"
#include "models/registry.h"

namespace meno {

/// A model that has seen no training student. Errors: InvalidInput when it would have counted them:
/// its statistics would leave with the run and no noise hides them.
Result<std::unique_ptr<const StudentModel>> fit_private(const ModelEntry& entry,
                                                        const Options& options,
                                                        const Cohort& cohort);

struct PrivateTraining {
  PrivateSteps steps;
  std::unique_ptr<Feed> feed;
};

/// Samples the pool's windows, one per student, for this learner: without tasks of its own, all of
/// a student's `windows_of` are his. Model and pool must outlive it. Errors: InvalidInput for a bad
/// option, and for tasks that mix students.
Result<PrivateTraining> make_private_training(
    const Privacy& options, const StudentModel& model, const LearnerSetup& learner,
    const TaskPool& pool, const std::function<std::vector<Window>(const Window&)>& windows_of,
    Ranks& ranks);

}  // namespace meno
