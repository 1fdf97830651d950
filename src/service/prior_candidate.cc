#include "service/prior_candidate.h"

#include "core/parallel.h"
#include "core/ranks.h"
#include "eval/few_students.h"
#include "meta/prior/growing.h"
#include "service/tuned_prior.h"

namespace meno {
namespace {

Result<PriorCandidate> tuned_candidate(const Run& prior, const TrainingData& data, int threads) {
  MENO_TRY(TunedPrior tuned, tuned_prior(prior, data.training, threads));
  PriorCandidate candidate{.grown = false,
                           .model_options = prior.model_options,
                           .model = std::move(tuned.model),
                           .theta = std::move(tuned.theta),
                           .valid = {}};
  constexpr std::size_t kRows = 6400;
  const std::unique_ptr<Ranks> alone = single_rank();
  const Validation judge(*candidate.model, data.validation, kRows, thread_count(threads));
  candidate.valid = judge.score(candidate.theta, *alone);
  return candidate;
}

Result<PriorCandidate> grown_candidate(const ModelEntry& entry, const Run& prior,
                                       const TrainingData& data, std::uint64_t seed, int threads) {
  PriorCandidate candidate{.grown = true,
                           .model_options = grown_options(prior.model_options),
                           .model = {},
                           .theta = {},
                           .valid = {}};
  TrainOptions options = options_for_few(entry, data.training);
  options.seed = seed;
  options.threads = threads;
  begin_from(options, *prior.model, prior.theta);
  MENO_TRY(Trained trained, train(entry, candidate.model_options, data, options));
  const EpochRecord& best = trained.epochs[static_cast<std::size_t>(trained.best_epoch) - 1];
  candidate.model = std::move(trained.model);
  candidate.theta = std::move(trained.theta);
  candidate.valid = {.auc = best.valid_auc, .log_loss = best.valid_log_loss};
  return candidate;
}

}  // namespace

bool asks_prior(std::size_t training_students) {
  return training_students >= 2 && training_students <= kMostTunedOn;
}

Result<std::vector<PriorCandidate>> prior_candidates(const Run& prior, const TrainingData& data,
                                                     std::uint64_t seed, int threads) {
  std::vector<PriorCandidate> candidates;
  if (!asks_prior(data.training.size())) return candidates;
  MENO_TRY(const ModelEntry* const entry, find_model(prior.model_name));
  MENO_TRY(candidates.emplace_back(), tuned_candidate(prior, data, threads));
  if (entry->grow == nullptr) return candidates;
  MENO_TRY(candidates.emplace_back(), grown_candidate(*entry, prior, data, seed, threads));
  return candidates;
}

}  // namespace meno
