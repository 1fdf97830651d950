// A run trained from scratch on one course's students: the model and options of another run.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "domain/sequence.h"
#include "meta/run.h"

namespace meno {

struct CourseTraining {
  std::string data_hash;  // tells these answers from others
  int threads = 1;
  int epochs = 0;                    // 0: the model's
  std::filesystem::path checkpoint;  // written when interrupted, and gone on from where it is there
};

/// A tenth of the students say when to stop. `metrics` has "best_epoch", "train_seconds" and
/// "valid". Errors: as train(): Unavailable after an interrupt.
Result<Run> trained_on_course(const Run& like, const Course& course,
                              std::span<const Sequence> students, const CourseTraining& training);

}  // namespace meno
