#include "service/course_training.h"

#include <utility>

#include "core/json.h"
#include "meta/training.h"

namespace meno {
namespace {

/// One student in so many is kept to say when to stop.
constexpr std::size_t kValidationPart = 10;

Json metrics_of(const Trained& trained) {
  Json metrics = {{"best_epoch", trained.best_epoch}, {"train_seconds", trained.seconds}};
  if (trained.best_epoch == 0) return metrics;
  const EpochRecord& best = trained.epochs[static_cast<std::size_t>(trained.best_epoch) - 1];
  if (best.valid_auc) metrics["valid"]["auc"] = *best.valid_auc;
  if (best.valid_log_loss) metrics["valid"]["log_loss"] = *best.valid_log_loss;
  return metrics;
}

}  // namespace

Result<Run> trained_on_course(const Run& like, const Course& course,
                              std::span<const Sequence> students, const CourseTraining& training) {
  MENO_TRY(const ModelEntry* const entry, find_model(like.model_name));
  TrainingData data{
      .course = course, .training = {}, .validation = {}, .data_hash = training.data_hash};
  for (std::size_t s = 0; s < students.size(); ++s) {
    const bool kept = s % kValidationPart == kValidationPart - 1;
    (kept ? data.validation : data.training).push_back(students[s]);
  }
  TrainOptions options;
  options.threads = training.threads;
  options.epochs = training.epochs;
  options.checkpoint = training.checkpoint;
  options.resume = std::filesystem::exists(training.checkpoint);
  MENO_TRY(Trained trained, train(*entry, like.model_options, data, options));
  Run run;
  run.model_name = like.model_name;
  run.model_options = like.model_options;
  run.learner_name = options.learner;
  run.seed = options.seed;
  run.data_hash = training.data_hash;
  run.code_version = MENO_VERSION;
  run.metrics = metrics_of(trained);
  run.course = course;
  run.model = std::move(trained.model);
  run.theta = std::move(trained.theta);
  run.learnt = std::move(trained.learnt);
  return run;
}

}  // namespace meno
