#include "service/tuned_prior.h"

#include <utility>

#include "core/parallel.h"
#include "meta/histories.h"
#include "meta/prior/prior.h"
#include "meta/prior/tuning.h"

namespace meno {

bool moves(const Run& run, const ModelEntry& entry) {
  return entry.move != nullptr && run.model != nullptr &&
         entry.move(run.model_options, run.model->statistics(), {});
}

Result<TunedPrior> tuned_prior(const Run& run, std::span<const Sequence> students, int threads,
                               std::function<bool()> stopped) {
  MENO_TRY(const ModelEntry* const entry, find_model(run.model_name));
  if (entry->move == nullptr) {
    return invalid_input("the run names its items, expected a prior of meno prior");
  }
  const CourseCohort cohort = cohort_of(students);
  TunedPrior tuned;
  MENO_TRY(tuned.model, moved_to(*entry, run.model_options, *run.model, cohort));
  tuned.windows = encode_all(*tuned.model, cohort.windows, thread_count(threads));
  tuned.theta =
      tuned_to_course(*tuned.model, run.theta, {.threads = threads, .stopped = std::move(stopped)},
                      views_of(tuned.windows))
          .theta;
  return tuned;
}

}  // namespace meno
