// A history as a row of numbers, from which a classifier tells real students from made-up ones.
#pragma once

#include <array>

#include "domain/sequence.h"
#include "meta/generative/evidence_row.h"

namespace meno {

/// Length; rate of right answers, and what of it the items do not explain; of the first and last
/// ten answers; how alike neighbouring answers are; longest run; items met again, and how they are
/// answered after a miss and after a success; slope over practice; ease of the items and how far
/// they spread; different items and skills.
inline constexpr std::size_t kSummary = 16;
using StudentSummary = std::array<double, kSummary>;

/// `course` explains items; the student's own answers need not be in it. `student` has answers.
StudentSummary summary_of(const CourseCounts& course, const Sequence& student);

}  // namespace meno
