// Policies that need no model of the student: random, fixed, topological and greedy.
#pragma once

#include "tutor/path/policy.h"

namespace meno {

std::unique_ptr<PathPolicy> make_random_policy(const PathTask& task);
/// Blocks of equal length in the order in which students usually meet the skills, again from the
/// beginning after the last; a block has at least one and at most five questions.
std::unique_ptr<PathPolicy> make_fixed_policy(const PathTask& task);
std::unique_ptr<PathPolicy> make_topological_policy(const PathTask& task);
/// By (right + 2 rate) / (answers + 2), rate that of all students on the skill.
std::unique_ptr<PathPolicy> make_greedy_policy(const PathTask& task);

}  // namespace meno
