#include "service/prior_candidate.h"

#include "core/parallel.h"
#include "core/ranks.h"
#include "meta/histories.h"
#include "meta/prior/prior.h"
#include "meta/prior/tuning.h"

namespace meno {

Result<std::optional<PriorCandidate>> prior_candidate(const std::filesystem::path& prior,
                                                      const std::vector<Sequence>& training,
                                                      const std::vector<Sequence>& validation,
                                                      int threads) {
  std::optional<PriorCandidate> none;
  if (training.size() < 2 || training.size() > kFewStudents) return none;
  MENO_TRY(const Run run, load_run(prior));
  MENO_TRY(const ModelEntry* const entry, find_model(run.model_name));
  if (entry->move == nullptr) {
    return invalid_input(prior.string() + " names its items, expected a prior of meno prior");
  }
  const CourseCohort cohort = cohort_of(training);
  PriorCandidate candidate;
  MENO_TRY(candidate.model, moved_to(*entry, run.model_options, *run.model, cohort));
  const auto encoded = encode_all(*candidate.model, cohort.windows, thread_count(threads));
  std::vector<const Encoded*> support;
  for (const auto& window : encoded) support.push_back(window.get());
  candidate.theta =
      tuned_to_course(*candidate.model, run.theta, {.threads = threads}, support).theta;
  constexpr std::size_t kRows = 6400;
  const std::unique_ptr<Ranks> alone = single_rank();
  const Validation judge(*candidate.model, validation, kRows, thread_count(threads));
  candidate.valid = judge.score(candidate.theta, *alone);
  return std::optional<PriorCandidate>(std::move(candidate));
}

}  // namespace meno
