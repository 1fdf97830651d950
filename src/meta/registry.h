// The list of learners. Adding one: meta/<name>/, a row in registry.cc, a docs page; nothing else.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/options.h"
#include "core/result.h"
#include "domain/samplers.h"
#include "meta/adapt.h"
#include "meta/learner.h"

namespace meno {

/// What a learner is fed with: so many tasks of this kind per step.
struct TaskPlan {
  std::string sampler = "student";  // a row of domain's sampler_registry()
  TaskShape shape = {};
  int per_step = 16;
};

/// A learner with its options filled in, whatever its type.
struct LearnerSetup {
  std::function<MetaStep(const StudentModel& model, ParamView theta,
                         std::span<const EncodedTask> batch, std::uint64_t seed)>
      step;
  std::optional<TaskPlan> tasks =
      std::nullopt;      // absent: mini-batches of windows, each one task without a query
  InnerLoop inner = {};  // how its runs adapt to a student or a class
};

struct LearnerEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;  // author year
  /// Errors: InvalidInput for an unknown or bad option.
  Result<LearnerSetup> (*make)(const Options& options);
};

std::span<const LearnerEntry> learner_registry();

/// Errors: InvalidInput naming the learners there are.
Result<const LearnerEntry*> find_learner(std::string_view name);

}  // namespace meno
