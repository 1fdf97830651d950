#include "eval/courses/grown.h"

#include "eval/courses/scratch.h"

namespace meno {

Result<Predictions> grown(const CourseCase& course) {
  Options options = course.prior_options;
  options["skill_vectors"] = "true";
  std::vector<Predictions> all;
  for (const MovedPrior& prior : course.priors) {
    auto ancestor = std::make_shared<const Ancestor>(
        Ancestor{.statistics = prior.model->statistics(),
                 .layout = prior.model->layout(),
                 .theta = {prior.theta.begin(), prior.theta.end()}});
    MENO_TRY(all.emplace_back(),
             trained_on_support(course, course.prior_entry->name, options, std::move(ancestor),
                                PriorOptions().training.rate));
  }
  const std::vector<double> equal(all.size(), 1.0 / static_cast<double>(all.size()));
  return mean_of(std::move(all), equal);
}

}  // namespace meno
