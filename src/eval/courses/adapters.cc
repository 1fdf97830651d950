// To add an adapter: write its function, add its row.
#include "eval/courses/adapters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "eval/courses/scratch.h"
#include "meta/prior/tuning.h"

namespace meno {
namespace {

/// The mean over the priors, each with a theta of its own that `theta_of` makes.
template <class ThetaOf>
Result<Predictions> averaged(const CourseCase& course, const ThetaOf& theta_of) {
  std::vector<Predictions> all;
  for (const MovedPrior& prior : course.priors) {
    const Params theta = theta_of(prior);
    MENO_TRY(all.emplace_back(),
             predictions_of(*prior.model, theta, course.queries, course.threads));
  }
  const std::vector<double> equal(all.size(), 1.0 / static_cast<double>(all.size()));
  return mean_of(std::move(all), equal);
}

Result<Predictions> pretrained(const CourseCase& course) {
  return averaged(course, [](const MovedPrior& prior) {
    return Params(prior.theta.begin(), prior.theta.end());
  });
}

Result<Predictions> fine_tuned(const CourseCase& course) {
  return averaged(course, [&](const MovedPrior& prior) {
    return tuned(*prior.model, prior.theta, {.precision = 1000.0, .threads = course.threads},
                 prior.support);
  });
}

Result<Predictions> bayes_head(const CourseCase& course) {
  return averaged(course, [&](const MovedPrior& prior) {
    return tuned(*prior.model, prior.theta,
                 {.head_only = true, .precision = 1000.0, .threads = course.threads},
                 prior.support);
  });
}

/// The priors of `chosen`, each tuned to the course, weighing by what they foresaw.
Result<Predictions> hierarchical_over(const CourseCase& course,
                                      std::span<const MovedPrior> chosen) {
  std::vector<Predictions> all;
  std::vector<double> weights;
  for (const MovedPrior& prior : chosen) {
    const TunedCourse own =
        tuned_to_course(*prior.model, prior.theta, {.threads = course.threads}, prior.support);
    weights.push_back(own.foresight);
    MENO_TRY(all.emplace_back(),
             predictions_of(*prior.model, own.theta, course.queries, course.threads));
  }
  const double most = *std::max_element(weights.begin(), weights.end());
  double total = 0.0;
  for (double& weight : weights) total += weight = std::exp(weight - most);
  for (double& weight : weights) weight /= total;
  return mean_of(std::move(all), weights);
}

Result<Predictions> hierarchical(const CourseCase& course) {
  return hierarchical_over(course, course.priors);
}

Result<Predictions> hierarchical_one(const CourseCase& course) {
  return hierarchical_over(course, std::span(course.priors).first(1));
}

constexpr std::array kAdapters{
    CourseAdapter{"scratch-evidence", "the flagship trained on the support alone", "Meno", 1, false,
                  &scratch_evidence},
    CourseAdapter{"scratch-logistic", "Best-LR trained on the support alone",
                  "Gervet, Koedinger, Schneider & Mitchell 2020", 1, false, &scratch_logistic},
    CourseAdapter{"pretrained", "priors with the support's statistics, theta as it is", "Meno", 0,
                  true, &pretrained},
    CourseAdapter{"fine-tuned", "all parameters of every prior, held near where they began",
                  "Li, Grandvalet & Davoine 2018", 1, true, &fine_tuned},
    CourseAdapter{"bayes-head", "the read-out of every prior alone", "Meno", 1, true, &bayes_head},
    CourseAdapter{"hierarchical", "fine-tuned as strongly as the support itself foresees", "Meno",
                  0, true, &hierarchical},
    CourseAdapter{"hierarchical-one", "the same with one prior: what meno adapt makes", "Meno", 0,
                  true, &hierarchical_one},
};

}  // namespace

std::span<const CourseAdapter> course_adapters() { return kAdapters; }

Result<const CourseAdapter*> find_course_adapter(std::string_view name) {
  std::string known;
  for (const CourseAdapter& adapter : kAdapters) {
    if (adapter.name == name) return &adapter;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", adapter.name);
  }
  return invalid_input(fmt::format("learner \"{}\", expected one of: {}", name, known));
}

}  // namespace meno
