// The student model that Meno's policy ranks by when records are replayed.
#pragma once

#include <memory>
#include <span>

#include "core/result.h"
#include "domain/course.h"
#include "domain/sequence.h"
#include "models/student_model.h"

namespace meno {

struct ReplayModel {
  std::shared_ptr<const StudentModel> fitted;
  std::unique_ptr<const OnlineModel> online;  // of `fitted`
};

struct ReplayTraining {
  int epochs = 3;
  std::uint64_t seed = 0;
  int threads = 1;
};

/// The registry's logistic model, the quickest to train. `course` and `students` must outlive it.
/// Errors: those of train().
Result<ReplayModel> train_replay_model(const Course& course, std::span<const Sequence> students,
                                       const ReplayTraining& training);

}  // namespace meno
