#include "tutor/replay/replay_model.h"

#include "meta/training.h"

namespace meno {

Result<ReplayModel> train_replay_model(const Course& course, std::span<const Sequence> students,
                                       const ReplayTraining& training) {
  MENO_TRY(const ModelEntry* const entry, find_model("logistic"));
  const TrainingData data{.course = course,
                          .training = {students.begin(), students.end()},
                          .validation = {},
                          .data_hash = ""};
  MENO_TRY(const Trained trained,
           train(*entry, {}, data,
                 {.seed = training.seed, .threads = training.threads, .epochs = training.epochs}));
  return ReplayModel{.fitted = trained.model, .online = trained.model->online(trained.theta)};
}

}  // namespace meno
