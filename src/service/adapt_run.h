// Use case: a run and a few students of a dataset -> a run adapted to that course.
#pragma once

#include <filesystem>

#include "core/json.h"
#include "core/options.h"
#include "core/result.h"

namespace meno {

struct AdaptRun {
  std::filesystem::path run;
  std::filesystem::path data;
  std::filesystem::path out;
  int students = 20;  // how many to adapt on, drawn from all of the dataset by `seed`
  std::uint64_t seed = 0;
  Options learner_options;  // over the run's own, e.g. inner_steps=20
};

/// Course statistics are counted anew on the students drawn (a course has its own vocabulary),
/// parameters are kept where their shapes are the same and drawn afresh where they belong to the
/// vocabulary, then the run's inner loop is taken on the students. Returns
/// {"run","from","students","answers","loss_before","loss_after","kept","fresh"} ("kept" and
/// "fresh" parameter blocks). Errors: as load_run and Dataset::open; InvalidInput for fewer
/// students than asked for; as save_run.
Result<Json> adapt_run(const AdaptRun& ask);

}  // namespace meno
