// The few-shot problems: which students train, and which rounds of tasks follow. Adding one: a row
// in problems.cc.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eval/fewshot/few_shot.h"
#include "eval/fewshot/table.h"
#include "models/registry.h"

namespace meno {

/// What all problems share. Everything must outlive it.
struct FewShotBench {
  const Course& course;
  const SplitSource& source;
  const FewShotPlan& plan;
  const ModelEntry& entry;
  const Prior* prior;  // of the plan's sources; nullptr where it does not compete
  std::vector<std::string> learners;
  FewShotTable& table;
};

struct FewShotProblem {
  std::string_view name;
  std::string_view sampler;  // of the tasks that learners train on
  bool moves;                // the model is moved to new statistics
  /// Adds one repeat to the table.
  Result<Done> (*run)(const FewShotBench& bench, const Split& split, int repeat);
};

std::span<const FewShotProblem> few_shot_registry();

}  // namespace meno
