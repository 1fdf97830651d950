// Use case: a run and a few students of a dataset -> a run adapted to that course.
#pragma once

#include <filesystem>

#include "core/json_fwd.h"
#include "core/options.h"
#include "core/result.h"

namespace meno {

struct AdaptRun {
  std::filesystem::path run;
  std::filesystem::path data;
  std::filesystem::path out;
  int students = 20;  // how many to adapt on, drawn from all of the dataset by `seed`
  std::uint64_t seed = 0;
  Options learner_options = {};  // over the run's own, e.g. inner_steps=20
};

/// Course statistics are counted anew on the students drawn (a course has its own vocabulary). A
/// run that was learnt without tasks and names no item keeps all of its parameters and is tuned to
/// the course (meta/prior/tuning.h). Any other keeps those whose shapes are the same, draws afresh
/// those that belong to the vocabulary, and takes its learner's inner loop on the students. Returns
/// {"run","from","students","answers","how","loss_before","loss_after","kept","fresh"} ("kept" and
/// "fresh" parameter blocks). Errors: as load_run and Dataset::open; InvalidInput for fewer
/// students than asked for, and when all their answers are alike; as save_run.
Result<Json> adapt_run(const AdaptRun& ask);

}  // namespace meno
