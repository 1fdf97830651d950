// Run: one trained artefact, a folder that the server serves, `predict` reads and a researcher can
// open.
//
//   model.json           schema version, model, options, learner, learner options, seed, data hash,
//                        code version, metrics
//   weights.safetensors  "theta/<block>" per parameter block, "statistics/<name>" per course
//                        statistic, "learnt" if the learner has learnt more
//   course.json          the vocabulary it was trained with
//   card.md              generated, for people
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/json.h"
#include "core/options.h"
#include "core/result.h"
#include "domain/course.h"
#include "models/student_model.h"

namespace meno {

inline constexpr int kRunSchemaVersion = 1;

struct Run {
  std::string model_name;
  Options model_options;
  std::string learner_name;
  Options learner_options;
  std::uint64_t seed = 0;
  std::string data_hash;  // of the Dataset it was trained on
  std::string code_version;
  bool simulated = false;  // trained on simulated students
  Json metrics =
      Json::object();  // e.g. {"valid": {"auc": .85}, "epochs": 11, "train_seconds": 31.2}
  Course course;
  std::shared_ptr<const StudentModel> model;
  Params theta;        // [P]
  Params learnt = {};  // [E], the learner's own (LearnerSetup::own); mostly empty
};

/// Writes the folder atomically (a temporary folder, renamed). Errors: Conflict when `folder`
/// exists and is not a run.
Result<Done> save_run(const Run& run, const std::filesystem::path& folder);

/// Errors: NotFound; InvalidInput when a file is cut, from a newer version, or does not fit its
/// model.
Result<Run> load_run(const std::filesystem::path& folder);

}  // namespace meno
