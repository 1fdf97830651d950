// Mixtures: several starts for a new course, each tuned to it, weighing by what the course looks
// like and by what they foresaw of it.
#pragma once

#include <span>
#include <vector>

#include "eval/courses/course_case.h"

namespace meno {

/// The course's point in the space of known courses, from its support alone.
Embedding place_of(const CourseCase& course);

/// What the embedding says before any answer is foreseen: specialists by exp(-d^2 / 2 reach^2), d
/// their distance from the course; [specialists], sums to 1. Alike without a support.
std::vector<double> weights_by_place(const CourseCase& course);

/// `pull` of the mixtures here, in nats; 1 to 40 were alike (docs/priors.md).
inline constexpr double kStackingPull = 10.0;

/// The weights of members' mean logit that foresee judged answers best, in nats with a student
/// counting 3 sqrt(answers), plus `pull` x KL(w | before). Convex; by mirror descent from `before`,
/// which is positive and sums to 1. All members predict the same answers.
/// Source: Wolpert 1992 (stacking), the divergence is Meno's.
std::vector<double> stacked_weights(std::span<const Predictions> members,
                                    std::span<const double> before, double pull);

/// The specialist whose home is nearest, fine-tuned (`nearest`).
Result<Predictions> nearest_specialist(const CourseCase& course);
/// Priors and specialists, each fine-tuned, mixed by stacked_weights on the last third of the
/// support, from what their places say on (`mixture`).
Result<Predictions> mixture(const CourseCase& course);

}  // namespace meno
