// What the reference problems ask of a plan alike.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/result.h"
#include "eval/reference/lane_network.h"

namespace meno {

/// The learners of those names in their order; all of them for no name.
/// Errors: InvalidInput naming the learners there are.
template <class Learner>
Result<std::vector<const Learner*>> chosen_learners(std::span<const Learner> all,
                                                    const std::vector<std::string>& names) {
  std::vector<const Learner*> learners;
  std::string known;
  for (const Learner& learner : all) {
    known += fmt::format("{}{}", known.empty() ? "" : ", ", learner.name);
    if (names.empty()) learners.push_back(&learner);
  }
  for (const std::string& name : names) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Learner& learner) { return learner.name == name; });
    if (found == all.end()) {
      return invalid_input(fmt::format("learner \"{}\", expected one of: {}", name, known));
    }
    learners.push_back(&*found);
  }
  return learners;
}

/// Errors: InvalidInput for a size or a rate of `plan` that is out of range.
template <class Plan>
Result<Done> check_sizes(const Plan& plan) {
  const auto lanes = static_cast<int>(LaneNetwork::kLanes);
  if (plan.shots < 1 || plan.shots > 1000) {
    return invalid_input(fmt::format("shots is {}, expected 1 to 1000", plan.shots));
  }
  if (plan.steps < 1) {
    return invalid_input(fmt::format("steps is {}, expected 1 or more", plan.steps));
  }
  if (plan.tasks < lanes || plan.tasks % lanes != 0) {
    return invalid_input(fmt::format("tasks is {}, expected a multiple of {}", plan.tasks, lanes));
  }
  if (!(plan.rate > 0.0)) {
    return invalid_input(fmt::format("rate is {}, expected above 0", plan.rate));
  }
  if (plan.test_tasks < 2) {
    return invalid_input(fmt::format("test tasks is {}, expected 2 or more", plan.test_tasks));
  }
  return Done{};
}

}  // namespace meno
