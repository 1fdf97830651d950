#include "service/prior_candidate.h"

#include "core/parallel.h"
#include "core/ranks.h"
#include "service/tuned_prior.h"

namespace meno {

Result<std::optional<PriorCandidate>> prior_candidate(const std::filesystem::path& prior,
                                                      const std::vector<Sequence>& training,
                                                      const std::vector<Sequence>& validation,
                                                      int threads) {
  std::optional<PriorCandidate> none;
  if (training.size() < 2 || training.size() > kMostTunedOn) return none;
  MENO_TRY(const Run run, load_run(prior));
  MENO_TRY(TunedPrior tuned, tuned_prior(run, training, threads));
  PriorCandidate candidate{
      .model = std::move(tuned.model), .theta = std::move(tuned.theta), .valid = {}};
  constexpr std::size_t kRows = 6400;
  const std::unique_ptr<Ranks> alone = single_rank();
  const Validation judge(*candidate.model, validation, kRows, thread_count(threads));
  candidate.valid = judge.score(candidate.theta, *alone);
  return std::optional<PriorCandidate>(std::move(candidate));
}

}  // namespace meno
