// Use case: a dataset of made-up students like those of another, labelled as simulated.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/json_fwd.h"
#include "core/options.h"
#include "core/result.h"

namespace meno {

struct Synthesise {
  std::filesystem::path data;                       // dataset folder to be like
  std::filesystem::path out;                        // dataset folder to make
  std::vector<std::filesystem::path> sources = {};  // other datasets, for generators that use them
  std::string generator = "vae";
  Options generator_options = {};
  int students = 0;  // to make; 0: as many as were learnt from
  int fold = 1;      // of the split that `meno train` makes of the data
  std::uint64_t seed = 0;
};

/// Learns from the training students of `training_split` alone, so that a run trained on the result
/// can be judged on the data's own test students. Writes `out`: items and skills by their names,
/// students named simulated-00001 and so on, no times, no split; provenance {"source",
/// "simulated": true, "generator", "options", "seed", "like", "like_hash", "split", "learnt_from",
/// "copies_of_real_answers", "code_version"}. Returns {"into", "generator", "students", "answers",
/// "p_correct", "learnt_from", "copies_of_real_answers", "data_hash"}.
/// Errors: InvalidInput for an unknown generator, a bad option, number or fold; Conflict when `out`
/// is there and no dataset; as Dataset::open; Unavailable on Ctrl-C.
Result<Json> synthesise(const Synthesise& ask);

}  // namespace meno
