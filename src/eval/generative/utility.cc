#include "eval/generative/utility.h"

#include "eval/bootstrap.h"
#include "meta/training.h"

namespace meno {
namespace {

constexpr std::size_t kOneOf = 5;

void deal(std::span<const Sequence> students, TrainingStudents& roles) {
  for (std::size_t s = 0; s < students.size(); ++s) {
    const bool chooses = students.size() >= kOneOf && s % kOneOf == kOneOf - 1;
    (chooses ? roles.validation : roles.training).push_back(students[s]);
  }
}

}  // namespace

TrainingStudents training_students(std::span<const Sequence> real,
                                   std::span<const Sequence> synthetic) {
  TrainingStudents roles;
  deal(real.empty() ? synthetic : real, roles);
  if (!real.empty())
    roles.training.insert(roles.training.end(), synthetic.begin(), synthetic.end());
  return roles;
}

Result<UtilityScore> utility_of(const ModelEntry& model, const Course& course,
                                const TrainingStudents& students,
                                std::span<const ScoredWindow> queries, std::uint64_t seed,
                                int threads) {
  const TrainingData data{.course = course,
                          .training = students.training,
                          .validation = students.validation,
                          .data_hash = {}};
  MENO_TRY(const Trained trained, train(model, {}, data, {.seed = seed, .threads = threads}));
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
