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
  /// What the learner learns besides the model's theta [P], as a layout of [E] that `step` finds
  /// behind it: theta is then [P + E], and so is its direction. Empty: nothing.
  std::function<ParamLayout(const ParamLayout& model)> own = nullptr;
  /// `inner` with such parameters [E] in it. Set where `own` is.
  std::function<InnerLoop(const InnerLoop& inner, ParamView learnt)> with_learnt = nullptr;
};

/// How a run adapts: the learner's inner loop, with what the learner learnt, `learnt` [E], in it.
/// An empty `learnt` is one of its start. Errors: InvalidInput when `learnt` is of another size.
Result<InnerLoop> inner_loop(const LearnerSetup& learner, const ParamLayout& model,
                             ParamView learnt);

struct LearnerEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;  // author year
  /// Errors: InvalidInput for an unknown or bad option.
  Result<LearnerSetup> (*make)(const Options& options);
  /// Options under which its direction is the gradient of the mean query loss after adaptation,
  /// e.g. "inner_rate=0.3" (options that are not named may have any value); "" when it never is.
  std::string_view exact = "";
};

std::span<const LearnerEntry> learner_registry();

/// Errors: InvalidInput naming the learners there are.
Result<const LearnerEntry*> find_learner(std::string_view name);

}  // namespace meno
