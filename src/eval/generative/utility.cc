#include "eval/generative/utility.h"

#include <algorithm>

#include "eval/bootstrap.h"
#include "meta/training.h"

namespace meno {
namespace {

constexpr int kFewestSteps = 300;
constexpr int kLeastBatch = 400;    // answers
constexpr int kStepsPerEpoch = 20;  // where there are answers enough

/// Batches small enough for some steps in an epoch, and epochs enough.
TrainOptions options_for(const ModelEntry& model, const std::vector<Sequence>& students) {
  std::size_t answers = 0;
  for (const Sequence& student : students) answers += student.size();
  const auto all = static_cast<int>(answers);
  const int usual = std::max(kLeastBatch, model.training.batch_rows);
  const int batch = std::clamp(all / kStepsPerEpoch, kLeastBatch, usual);
  const int steps = std::max(1, all / batch);
  return {.epochs = std::max(model.training.epochs, (kFewestSteps + steps - 1) / steps),
          .batch_rows = batch};
}

}  // namespace

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
  TrainOptions options = options_for(model, students);
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
