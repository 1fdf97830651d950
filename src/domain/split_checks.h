// What the splitting rules share: whole students as a role, and the checks every rule ends with.
#pragma once

#include <vector>

#include "domain/split.h"

namespace meno {

/// A role of whole histories, in order of student; those without answers are dropped.
std::vector<Stretch> whole(const SplitSource& source, std::vector<StudentId> students);

/// Errors: InvalidInput unless `fold` is in [1, folds].
Result<Done> check_fold(int fold, std::size_t folds);

/// Errors: InvalidInput naming the split when a role is empty.
Result<Done> check_roles(const Split& split);

/// Students with at least one answer.
std::size_t students_with_answers(const SplitSource& source);

}  // namespace meno
