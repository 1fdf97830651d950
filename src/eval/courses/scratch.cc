#include "eval/courses/scratch.h"

#include "meta/training.h"

namespace meno {
namespace {

Result<Predictions> from_scratch(const CourseCase& course, std::string_view model) {
  MENO_TRY(const ModelEntry* const entry, find_model(model));
  TrainingData data{.course = course.course, .training = {}, .validation = {}, .data_hash = {}};
  for (std::size_t s = 0; s < course.support.size(); ++s) {
    const bool validates = course.support.size() >= 5 && s % 5 == 4;
    (validates ? data.validation : data.training).push_back(course.support[s]);
  }
  MENO_TRY(const Trained trained, train(*entry, {}, data, {.seed = course.seed, .threads = 1}));
  return predictions_of(*trained.model, trained.theta, course.queries, course.threads);
}

}  // namespace

Result<Predictions> scratch_evidence(const CourseCase& course) {
  return from_scratch(course, "evidence");
}
Result<Predictions> scratch_gru(const CourseCase& course) { return from_scratch(course, "gru"); }
Result<Predictions> scratch_logistic(const CourseCase& course) {
  return from_scratch(course, "logistic");
}

}  // namespace meno
