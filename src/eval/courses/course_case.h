// CourseCase: one draw of a new course, as every adapter of the benchmark sees it. A few students
// to learn from, others to be judged on.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/result.h"
#include "domain/course.h"
#include "eval/courses/foreknowledge.h"
#include "eval/predictions.h"
#include "meta/prior/prior.h"

namespace meno {

/// A prior moved to the case's course: counted on the support, whose own windows are prequential.
struct MovedPrior {
  std::unique_ptr<const StudentModel> model;
  ParamView theta;                                      // the prior's, [P]
  std::vector<std::unique_ptr<const Encoded>> encoded;  // a window per student of the support
  std::vector<const Encoded*> support;
};

/// Views into a Dataset and priors that outlive it.
struct CourseCase {
  const Course& course;
  std::vector<Sequence> support;      // [k] students in the order in which they came, may be empty
  std::vector<ScoredWindow> queries;  // other students, every answer scored
  std::vector<MovedPrior> priors;     // none where no adapter needs them
  const ModelEntry* prior_entry = nullptr;  // of the priors, as are their options
  Options prior_options = {};
  Options own_options = {};                      // of `evidence` trained on the support alone
  const Foreknowledge* foreknowledge = nullptr;  // set where there are priors
  std::uint64_t seed = 0;
  int threads = 1;
};

/// Moves every prior to the course of `support`. Errors: as moved_to.
Result<std::vector<MovedPrior>> move_priors(const ModelEntry& entry, const Options& model_options,
                                            std::span<const Prior> priors,
                                            std::span<const Sequence> support, int threads);

/// The same course earlier: the first `students` of the support are all there is, and those after
/// them are judged. Errors: as move_priors.
Result<CourseCase> earlier(const CourseCase& course, std::size_t students);

/// One prediction from several of the same answers: the weighted mean of their logits. `weights`
/// sum to 1.
Predictions mean_of(std::vector<Predictions> all, std::span<const double> weights);

}  // namespace meno
