// The first two parts of a course embedding: what is in the answers, and what a prior got wrong.
#pragma once

#include <span>

#include "domain/task.h"
#include "meta/embedding/course_embedding.h"

namespace meno {

/// Answers a student, success, tries, reuse of items and skills, likeness of students: [9].
Embedding descriptors_of(std::span<const Window> windows);

/// Means of standardised residuals (answer - p) / sqrt(p (1 - p)), overall and by situation, their
/// spread and their correlation: [10]. `p_correct` are of all answers of all windows in order.
Embedding residuals_of(std::span<const Window> windows, std::span<const double> p_correct);

}  // namespace meno
