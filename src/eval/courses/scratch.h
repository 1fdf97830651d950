// Scratch baselines: a model of the registry that has seen the support's students and nobody else.
#pragma once

#include "eval/courses/course_case.h"

namespace meno {

/// A fifth of the students (from 5 on) chooses the epoch; fewer train for the model's own number.
Result<Predictions> scratch_evidence(const CourseCase& course);
Result<Predictions> scratch_gru(const CourseCase& course);
Result<Predictions> scratch_logistic(const CourseCase& course);

}  // namespace meno
