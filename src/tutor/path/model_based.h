// Policies on the planner's belief: plan itself, and what it is compared with on equal terms.
#pragma once

#include "tutor/path/mixed_belief.h"
#include "tutor/path/planner.h"
#include "tutor/path/policy.h"

namespace meno {

/// The planner, replanning before every answer.
std::unique_ptr<PathPolicy> make_plan_policy(const PathTask& task);
/// The same belief and value, one answer ahead.
std::unique_ptr<PathPolicy> make_lookahead_policy(const PathTask& task);
std::unique_ptr<PathPolicy> make_zone_policy(const PathTask& task);
std::unique_ptr<PathPolicy> make_fringe_policy(const PathTask& task);

/// The belief over the task's candidates as a problem to plan; skill k of it is candidate k.
PlanProblem plan_problem(const PathTask& task, const PracticeBelief& belief);
/// Under both theories, each weighted by how far it is believed.
PlanProblem plan_problem(const PathTask& task, const MixedBelief& belief);

}  // namespace meno
