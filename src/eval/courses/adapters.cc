// To add an adapter: write its function, add its row.
#include "eval/courses/adapters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "eval/courses/mixture.h"
#include "eval/courses/scratch.h"
#include "eval/metrics/metric.h"
#include "meta/prior/growing.h"
#include "meta/prior/tuning.h"

namespace meno {
namespace {

/// The mean over the priors of what `predict` says with each.
template <class Predict>
Result<Predictions> mean_over_priors(const CourseCase& course, const Predict& predict) {
  std::vector<Predictions> all;
  for (const MovedPrior& prior : course.priors) {
    MENO_TRY(all.emplace_back(), predict(prior));
  }
  const std::vector<double> equal(all.size(), 1.0 / static_cast<double>(all.size()));
  return mean_of(std::move(all), equal);
}

/// The same, each prior with a theta of its own that `theta_of` makes.
template <class ThetaOf>
Result<Predictions> averaged(const CourseCase& course, const ThetaOf& theta_of) {
  return mean_over_priors(course, [&](const MovedPrior& prior) {
    return predictions_of(*prior.model, theta_of(prior), course.queries, course.threads);
  });
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

/// Nats of the judged answers, students of any length weighing 3 sqrt(answers), as in tuning.h.
double foresight_of(const Predictions& predictions) {
  double nats = 0.0;
  for (std::size_t u = 0; u < predictions.students(); ++u) {
    double sum = 0.0;
    const std::size_t begin = predictions.begin[u];
    const std::size_t end = predictions.begin[u + 1];
    for (std::size_t i = begin; i < end; ++i) {
      const double p = predictions.p_correct[i];
      sum += predictions.correct[i] > kRightAbove ? std::log(p) : std::log(1.0 - p);
    }
    nats += 3.0 * sum / std::sqrt(static_cast<double>(end - begin));
  }
  return nats;
}

/// How much a model of the course's own is to be believed beside the tuned priors: the mean of some
/// shares, each weighing by what the mixture foresaw of the last third of the support.
Result<double> share_of_scratch(const CourseCase& course) {
  const std::size_t students = course.support.size();
  MENO_TRY(const CourseCase before, earlier(course, students - students / 3));
  MENO_TRY(const Predictions tuned_priors, hierarchical(before));
  MENO_TRY(const Predictions scratch, scratch_evidence(before));
  constexpr std::array kShares{0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
  std::array<double, kShares.size()> foresight{};
  for (std::size_t k = 0; k < kShares.size(); ++k) {
    const double weights[] = {1.0 - kShares[k], kShares[k]};
    foresight[k] = foresight_of(mean_of({tuned_priors, scratch}, weights));
  }
  const double most = *std::max_element(foresight.begin(), foresight.end());
  double total = 0.0;
  double mean = 0.0;
  for (std::size_t k = 0; k < kShares.size(); ++k) {
    const double weight = std::exp(foresight[k] - most);
    total += weight;
    mean += weight * kShares[k];
  }
  return mean / total;
}

Result<Predictions> stacked(const CourseCase& course) {
  constexpr std::size_t kEnough = 5;  // students from which a third can tell anything
  MENO_TRY(Predictions tuned_priors, hierarchical(course));
  if (course.support.size() < kEnough) return tuned_priors;
  MENO_TRY(const double share, share_of_scratch(course));
  MENO_TRY(Predictions scratch, scratch_evidence(course));
  const double weights[] = {1.0 - share, share};
  return mean_of({std::move(tuned_priors), std::move(scratch)}, weights);
}

/// Each prior grown in the course and trained on as from scratch.
Result<Predictions> grown(const CourseCase& course) {
  const Options options = grown_options(course.prior_options);
  return mean_over_priors(course, [&](const MovedPrior& prior) {
    return trained_on_support(course, course.prior_entry->name, options, &prior);
  });
}

/// hierarchical beside grown: a course's own names count for more the more students there are, and
/// what the two foresee of the last third of the support pulls from there.
Result<Predictions> blended(const CourseCase& course) {
  constexpr double kEven = 40.0;  // students with which both are believed alike
  const std::size_t students = course.support.size();
  if (students == 0) return hierarchical(course);
  const double share = static_cast<double>(students) / (static_cast<double>(students) + kEven);
  std::vector<double> weights = {1.0 - share, share};
  if (students >= 3) {
    MENO_TRY(const CourseCase before, earlier(course, students - students / 3));
    MENO_TRY(Predictions tuned_priors, hierarchical(before));
    MENO_TRY(Predictions own, grown(before));
    const Predictions late[] = {std::move(tuned_priors), std::move(own)};
    weights = stacked_weights(late, weights, kStackingPull);
  }
  MENO_TRY(Predictions tuned_priors, hierarchical(course));
  MENO_TRY(Predictions own, grown(course));
  return mean_of({std::move(tuned_priors), std::move(own)}, weights);
}

/// What a learner made of the first prior, adapted by its own inner loop.
Result<Predictions> learner(const CourseCase& course, std::string_view name) {
  const MovedPrior& prior = course.priors.front();
  for (const CourseLearner& one : course.foreknowledge->learners) {
    if (one.name != name) continue;
    const Params theta = adapted_to_course(*prior.model, one, prior.support);
    return predictions_of(*prior.model, theta, course.queries, course.threads);
  }
  return Error{ErrorKind::Internal, fmt::format("learner \"{}\" was not trained", name)};
}

constexpr CourseAdapter learner_row(std::string_view name, std::string_view summary,
                                    std::string_view source,
                                    Result<Predictions> (*predict)(const CourseCase&)) {
  return {
      .name = name, .summary = summary, .source = source, .predict = predict, .is_learner = true};
}

constexpr std::array kAdapters{
    CourseAdapter{"scratch-evidence", "the flagship trained on the support alone", "Meno", 1, false,
                  &scratch_evidence},
    CourseAdapter{"scratch-gru", "deep knowledge tracing trained on the support alone",
                  "Piech et al. 2015", 1, false, &scratch_gru},
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
    CourseAdapter{"stacked", "hierarchical beside the flagship from scratch, mixed by foresight",
                  "Wolpert 1992", 0, true, &stacked},
    CourseAdapter{"grown", "priors with vectors of the course's own skills, trained on", "Meno", 1,
                  true, &grown},
    CourseAdapter{"blended", "hierarchical beside grown, by size of the support and foresight",
                  "Wolpert 1992", 0, true, &blended},
    CourseAdapter{"nearest", "the start made for the kind of courses that this one is most like",
                  "Achille et al. 2019", 1, true, &nearest_specialist, true},
    CourseAdapter{"mixture", "priors and starts of every kind, mixed by likeness and foresight",
                  "Vuorio, Sun, Hu & Lim 2019", 0, true, &mixture, true},
    learner_row("maml", "a few steps from where they help most", "Finn, Abbeel & Levine 2017",
                [](const CourseCase& course) { return learner(course, "maml"); }),
    learner_row("fomaml", "the same to first order", "Finn, Abbeel & Levine 2017",
                [](const CourseCase& course) { return learner(course, "fomaml"); }),
    learner_row("reptile", "a few steps from the mean of where they lead",
                "Nichol, Achiam & Schulman 2018",
                [](const CourseCase& course) { return learner(course, "reptile"); }),
    learner_row("anil", "maml of the read-out alone", "Raghu, Raghu, Bengio & Vinyals 2020",
                [](const CourseCase& course) { return learner(course, "anil"); }),
    learner_row("meta-sgd", "maml with a learnt rate for every parameter",
                "Li, Zhou, Chen & Li 2017",
                [](const CourseCase& course) { return learner(course, "meta-sgd"); }),
    learner_row("imaml", "steps held near their start", "Rajeswaran, Finn, Kakade & Levine 2019",
                [](const CourseCase& course) { return learner(course, "imaml"); }),
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
