#include "eval/courses/course_case.h"

#include <cmath>

#include "core/parallel.h"
#include "meta/histories.h"
#include "models/link.h"

namespace meno {

namespace {

Result<MovedPrior> move_prior(const ModelEntry& entry, const Options& options,
                              const StudentModel& model, ParamView theta,
                              const CourseCohort& cohort, int threads) {
  MovedPrior moved;
  MENO_TRY(moved.model, moved_to(entry, options, model, cohort));
  moved.theta = theta;
  moved.encoded = encode_all(*moved.model, cohort.windows, thread_count(threads));
  moved.support = views_of(moved.encoded);
  return moved;
}

}  // namespace

Result<std::vector<MovedPrior>> move_priors(const ModelEntry& entry, const Options& model_options,
                                            std::span<const Prior> priors,
                                            std::span<const Sequence> support, int threads) {
  const CourseCohort cohort = cohort_of(support);
  std::vector<MovedPrior> moved;
  for (const Prior& prior : priors) {
    MENO_TRY(moved.emplace_back(),
             move_prior(entry, model_options, *prior.model, prior.theta, cohort, threads));
  }
  return moved;
}

Result<CourseCase> earlier(const CourseCase& course, std::size_t students) {
  const auto cut = course.support.begin() + static_cast<std::ptrdiff_t>(students);
  CourseCase before{.course = course.course,
                    .support = {course.support.begin(), cut},
                    .queries = {},
                    .priors = {},
                    .prior_entry = course.prior_entry,
                    .prior_options = course.prior_options,
                    .own_options = course.own_options,
                    .foreknowledge = course.foreknowledge,
                    .seed = course.seed,
                    .threads = course.threads};
  for (std::size_t s = students; s < course.support.size(); ++s)
    before.queries.push_back({StudentId(s), {.events = course.support[s]}});
  const CourseCohort cohort = cohort_of(before.support);
  for (const MovedPrior& prior : course.priors) {
    MENO_TRY(before.priors.emplace_back(),
             move_prior(*course.prior_entry, course.prior_options, *prior.model, prior.theta,
                        cohort, course.threads));
  }
  return before;
}

Predictions mean_of(std::vector<Predictions> all, std::span<const double> weights) {
  Predictions mean = std::move(all.front());
  const auto logit = [](double p) { return std::log(p / (1.0 - p)); };
  for (std::size_t i = 0; i < mean.size(); ++i) {
    double z = weights[0] * logit(mean.p_correct[i]);
    for (std::size_t k = 1; k < all.size(); ++k) z += weights[k] * logit(all[k].p_correct[i]);
    mean.p_correct[i] = open_sigmoid(z);
  }
  return mean;
}

}  // namespace meno
