// Scratch baselines: a model of the registry that has seen the support's students and nobody else.
#pragma once

#include <string_view>

#include "eval/courses/course_case.h"

namespace meno {

/// A model of the registry trained on the whole support, for as long as cross-validation says; a
/// lone student is trained on as many would be. Goes on from `prior` where there is one
/// (begin_from). Errors: as train.
Result<Predictions> trained_on_support(const CourseCase& course, std::string_view model,
                                       const Options& model_options = {},
                                       const MovedPrior* prior = nullptr);

Result<Predictions> scratch_evidence(const CourseCase& course);
Result<Predictions> scratch_gru(const CourseCase& course);
Result<Predictions> scratch_logistic(const CourseCase& course);

}  // namespace meno
