// Rounds: the tasks of one k, made by a problem, met by every contestant.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/ids.h"
#include "domain/task.h"
#include "models/student_model.h"

namespace meno {

/// A window to be predicted and which of its answers count: rows of the window, ascending, for each
/// band of answers that is scored apart.
struct FewShotQuery {
  StudentId student;
  Window window;  // its `from` is at or before the first row that counts
  std::vector<std::vector<std::uint32_t>> rows;  // [bands]
};

/// Adapt on `support`, be judged on `queries`. No answer is both. Views into histories that outlive
/// it.
struct FewShotTask {
  std::vector<Window> support;
  std::vector<FewShotQuery> queries;
};

struct Round {
  std::size_t answers = 0;  // k
  std::size_t bands = 1;
  /// Its statistics are what may be known when the tasks begin. Parameters of the problem's model
  /// mean the same in it.
  std::shared_ptr<const StudentModel> model;
  /// The prior's model with the same statistics; nullptr where no prior competes.
  std::shared_ptr<const StudentModel> prior = nullptr;
  std::vector<FewShotTask> valid;  // settings are chosen on these
  std::vector<FewShotTask> test;
};

}  // namespace meno
