// Use case: a school that shows everything at once and is made up throughout: simulated classmates
// practise the item bank, a model is trained on other simulated students, a store is ready to
// serve.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/clock.h"
#include "core/json_fwd.h"
#include "core/result.h"

namespace meno {

struct MakeDemoSchool {
  std::filesystem::path into;
  std::filesystem::path bank;    // the item bank's folder or file
  int students = 60;             // classmates, in two classes
  int training_students = 1500;  // other simulated students, whom the model learns from
  std::uint64_t seed = 1;
  std::string model;  // "" = evidence when the program has it, else logistic
  int epochs = 6;
  int threads = 0;     // 0: all cores
  bool force = false;  // replaces an earlier demo school
};

/// Makes the folder
///   dataset/     answers of the training students, provenance "simulated"
///   run/         the model trained on them
///   school.db    the course with its content, the classmates and their answers up to now
///   demo.json    the summary, which is also returned
/// Everything is made beside it and renamed into place, so that a half-made school is never seen.
/// When a demo school is there already its summary comes back with "made": false. Errors: Conflict
/// when the folder holds something else; those of the bank, the trainer and the store.
Result<Json> make_demo_school(const MakeDemoSchool& ask, const Clock& clock);

}  // namespace meno
