// Use case: datasets -> a run for courses never seen, to adapt from or to serve where there is no
// data yet.
#pragma once

#include <filesystem>
#include <vector>

#include "core/json_fwd.h"
#include "core/result.h"
#include "meta/prior/prior.h"

namespace meno {

struct MakePrior {
  std::vector<std::filesystem::path> sources;  // dataset folders
  std::filesystem::path out;                   // the run folder to make
  Options model_options = {};                  // over prior_model_options()
  PriorOptions prior = {};
};

/// Returns {"run", "sources", "students", "answers", "train_seconds", "train_loss": [per epoch],
/// "data_hash"}. Errors: as open_sources, learn_prior and save_run.
Result<Json> make_prior(const MakePrior& ask);

}  // namespace meno
