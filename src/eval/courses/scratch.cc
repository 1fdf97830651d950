#include "eval/courses/scratch.h"

#include <algorithm>
#include <cstddef>

#include "eval/few_students.h"
#include "meta/prior/growing.h"

namespace meno {
namespace {

constexpr std::size_t kFolds = 5;

TrainingData without(const CourseCase& course, std::size_t fold, std::size_t folds) {
  TrainingData data{.course = course.course, .training = {}, .validation = {}, .data_hash = {}};
  for (std::size_t s = 0; s < course.support.size(); ++s) {
    (s % folds == fold ? data.validation : data.training).push_back(course.support[s]);
  }
  return data;
}

/// After how many epochs students of the support are foreseen best by the others: cross-validation,
/// the log loss of each fold weighing the same.
Result<int> best_epochs(const ModelEntry& model, const Options& model_options,
                        const CourseCase& course, TrainOptions options) {
  const std::size_t folds = std::min(kFolds, course.support.size());
  std::vector<double> losses(static_cast<std::size_t>(options.epochs), 0.0);
  options.patience = 0;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    MENO_TRY(const Trained trained,
             train(model, model_options, without(course, fold, folds), options));
    for (std::size_t e = 0; e < losses.size(); ++e) {
      losses[e] += trained.epochs[e].valid_log_loss.value_or(0.0);
    }
  }
  return static_cast<int>(std::min_element(losses.begin(), losses.end()) - losses.begin()) + 1;
}

}  // namespace

Result<Predictions> trained_on_support(const CourseCase& course, std::string_view model,
                                       const Options& model_options, const MovedPrior* prior) {
  MENO_TRY(const ModelEntry* const entry, find_model(model));
  TrainOptions options;
  if (course.support.size() > 1) options = options_for_few(*entry, course.support);
  options.seed = course.seed;
  if (prior != nullptr) begin_from(options, *prior->model, prior->theta);
  if (course.support.size() > 1) {
    MENO_TRY(options.epochs, best_epochs(*entry, model_options, course, options));
  }
  const TrainingData all{
      .course = course.course, .training = course.support, .validation = {}, .data_hash = {}};
  MENO_TRY(const Trained trained, train(*entry, model_options, all, options));
  return predictions_of(*trained.model, trained.theta, course.queries, course.threads);
}

Result<Predictions> scratch_evidence(const CourseCase& course) {
  return trained_on_support(course, "evidence", course.own_options);
}
Result<Predictions> scratch_gru(const CourseCase& course) {
  return trained_on_support(course, "gru");
}
Result<Predictions> scratch_logistic(const CourseCase& course) {
  return trained_on_support(course, "logistic");
}

}  // namespace meno
