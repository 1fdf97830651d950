#include "eval/generative/utility.h"

#include "eval/bootstrap.h"
#include "eval/few_students.h"
#include "meta/training.h"

namespace meno {

std::vector<Sequence> together(std::span<const Sequence> real,
                               std::span<const Sequence> synthetic) {
  std::vector<Sequence> all(real.begin(), real.end());
  all.insert(all.end(), synthetic.begin(), synthetic.end());
  return all;
}

Result<UtilityScore> utility_of(const ModelEntry& model, const Course& course,
                                const std::vector<Sequence>& students,
                                std::span<const ScoredWindow> queries, std::uint64_t seed,
                                int threads) {
  const TrainingData data{
      .course = course, .training = students, .validation = {}, .data_hash = {}};
  TrainOptions options = options_for_few(model, students);
  options.seed = seed;
  options.threads = threads;
  MENO_TRY(const Trained trained, train(model, {}, data, options));
  MENO_TRY(const Predictions predictions,
           predictions_of(*trained.model, trained.theta, queries, threads));
  UtilityScore score;
  for (const Measured& one : measure(predictions, {.resamples = 0})) {
    if (one.metric->name == "auc") score[0] = one.value;
    if (one.metric->name == "log_loss") score[1] = one.value;
    if (one.metric->name == "ece") score[2] = one.value;
  }
  return score;
}

}  // namespace meno
