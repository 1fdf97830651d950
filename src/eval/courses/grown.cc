#include "eval/courses/grown.h"

#include "eval/courses/scratch.h"

namespace meno {

Result<Predictions> grown(const CourseCase& course) {
  Options options = course.prior_options;
  options["skill_vectors"] = "true";
  std::vector<Predictions> all;
  for (const MovedPrior& prior : course.priors) {
    MENO_TRY(all.emplace_back(), trained_on_support(course, course.prior_entry->name, options,
                                                    ancestor_of(*prior.model, prior.theta),
                                                    PriorOptions().training.rate));
  }
  const std::vector<double> equal(all.size(), 1.0 / static_cast<double>(all.size()));
  return mean_of(std::move(all), equal);
}

}  // namespace meno
