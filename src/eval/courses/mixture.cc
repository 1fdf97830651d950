#include "eval/courses/mixture.h"

#include <algorithm>
#include <cmath>

#include "eval/courses/scratch.h"
#include "eval/metrics/metric.h"
#include "meta/prior/tuning.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr double kPrecision = 1000.0;  // as fine-tuned

/// A start: a moved prior and a theta for its model.
struct Member {
  const MovedPrior* prior;
  ParamView theta;
};

std::vector<Member> members_of(const CourseCase& course) {
  std::vector<Member> members;
  for (const MovedPrior& prior : course.priors) members.push_back({&prior, prior.theta});
  for (const Specialist& specialist : course.foreknowledge->specialists)
    members.push_back({&course.priors.front(), specialist.theta});
  return members;
}

/// Half for the priors alike, half for the specialists by their places.
std::vector<double> weights_before(const CourseCase& course) {
  const auto priors = static_cast<double>(course.priors.size());
  std::vector<double> weights(course.priors.size(), 0.5 / priors);
  for (const double weight : weights_by_place(course))
    weights.push_back(std::max(1e-6, 0.5 * weight));
  double total = 0.0;
  for (const double weight : weights) total += weight;
  for (double& weight : weights) weight /= total;
  return weights;
}

/// Fine-tuned to the first `students` of the support.
Params tuned_member(const CourseCase& course, const Member& member, std::size_t students) {
  return tuned(*member.prior->model, member.theta,
               {.precision = kPrecision, .threads = course.threads},
               Batch(member.prior->support).first(students));
}

/// What a member says of the students from `from` on, tuned to those before.
Predictions foreseen(const CourseCase& course, const Member& member, std::size_t from) {
  const Params theta = tuned_member(course, member, from);
  Predictions predictions;
  for (std::size_t s = from; s < course.support.size(); ++s) {
    const Encoded* const alone[] = {member.prior->support[s]};
    std::vector<double> p_correct(alone[0]->size());
    member.prior->model->predict(theta, alone, p_correct);
    predictions.start(StudentId(s));
    for (std::size_t t = 0; t < p_correct.size(); ++t) {
      predictions.add(p_correct[t], course.support[s][t].correct, static_cast<std::uint32_t>(t),
                      false);
    }
  }
  return predictions;
}

/// The stacking problem: members' logits of all answers, and what every answer counts.
class Stacking {
 public:
  Stacking(std::span<const Predictions> members, std::span<const double> before, double pull)
      : before_(before.begin(), before.end()), pull_(pull) {
    for (const Predictions& member : members) {
      std::vector<double>& logits = logits_.emplace_back();
      for (const double p : member.p_correct) logits.push_back(std::log(p / (1.0 - p)));
    }
    const Predictions& one = members.front();
    for (std::size_t u = 0; u < one.students(); ++u) {
      const auto answers = static_cast<double>(one.begin[u + 1] - one.begin[u]);
      for (std::size_t i = one.begin[u]; i < one.begin[u + 1]; ++i) {
        right_.push_back(one.correct[i] > kRightAbove ? 1.0 : 0.0);
        counts_.push_back(3.0 / std::sqrt(answers));
      }
    }
  }

  /// The objective; its slope by the weights replaces `slope`.
  double operator()(std::span<const double> weights, std::vector<double>& slope) const {
    slope.assign(weights.size(), 0.0);
    double value = 0.0;
    for (std::size_t i = 0; i < right_.size(); ++i) {
      double z = 0.0;
      for (std::size_t k = 0; k < weights.size(); ++k) z += weights[k] * logits_[k][i];
      const double p = open_sigmoid(z);
      value -= counts_[i] * std::log(right_[i] > 0.5 ? p : 1.0 - p);
      const double error = counts_[i] * (p - right_[i]);
      for (std::size_t k = 0; k < weights.size(); ++k) slope[k] += error * logits_[k][i];
    }
    for (std::size_t k = 0; k < weights.size(); ++k) {
      const double far = std::log(weights[k] / before_[k]);
      value += pull_ * weights[k] * far;
      slope[k] += pull_ * (far + 1.0);
    }
    return value;
  }

 private:
  std::vector<double> before_;
  double pull_;
  std::vector<std::vector<double>> logits_;  // [members][answers]
  std::vector<double> right_;
  std::vector<double> counts_;
};

/// One step of mirror descent: w exp(-step x slope), normalised.
std::vector<double> moved(std::span<const double> weights, std::span<const double> slope,
                          double step) {
  const double least = *std::min_element(slope.begin(), slope.end());
  std::vector<double> to;
  double total = 0.0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    to.push_back(std::max(1e-12, weights[k] * std::exp(-step * (slope[k] - least))));
    total += to.back();
  }
  for (double& weight : to) weight /= total;
  return to;
}

}  // namespace

Embedding place_of(const CourseCase& course) {
  const MovedPrior& first = course.priors.front();
  const CourseCohort cohort = cohort_of(course.support);
  return course.foreknowledge->space->place(
      raw_embedding(*first.model, first.theta, cohort.windows, first.support));
}

std::vector<double> weights_by_place(const CourseCase& course) {
  const std::vector<Specialist>& specialists = course.foreknowledge->specialists;
  std::vector<double> weights(specialists.size(), 1.0 / static_cast<double>(specialists.size()));
  if (course.support.empty()) return weights;
  const Embedding place = place_of(course);
  std::vector<double> squares;
  for (const Specialist& specialist : specialists)
    squares.push_back(std::pow(distance(place, specialist.home) / course.foreknowledge->reach, 2));
  return moved(weights, squares, 0.5);
}

std::vector<double> stacked_weights(std::span<const Predictions> members,
                                    std::span<const double> before, double pull) {
  const Stacking objective(members, before, pull);
  std::vector<double> weights(before.begin(), before.end());
  std::vector<double> slope;
  std::vector<double> next_slope;
  double value = objective(weights, slope);
  double step = 1.0;
  constexpr double kEnough = 1e-7;  // nats
  for (int k = 0; k < 300 && step > 1e-9; ++k) {
    const std::vector<double> next = moved(weights, slope, step);
    const double next_value = objective(next, next_slope);
    if (!(next_value < value)) {
      step *= 0.5;
      continue;
    }
    const bool enough = value - next_value < kEnough;
    weights = next;
    value = next_value;
    std::swap(slope, next_slope);
    step *= 1.5;
    if (enough) break;
  }
  return weights;
}

Result<Predictions> nearest_specialist(const CourseCase& course) {
  const std::vector<double> weights = weights_by_place(course);
  const auto best =
      static_cast<std::size_t>(std::max_element(weights.begin(), weights.end()) - weights.begin());
  const Member member{&course.priors.front(), course.foreknowledge->specialists[best].theta};
  const Params theta = tuned_member(course, member, course.support.size());
  return predictions_of(*member.prior->model, theta, course.queries, course.threads);
}

Result<Predictions> mixture(const CourseCase& course) {
  const std::vector<Member> members = members_of(course);
  std::vector<double> weights = weights_before(course);
  const std::size_t students = course.support.size();
  if (students >= 3) {
    std::vector<Predictions> late;
    for (const Member& member : members)
      late.push_back(foreseen(course, member, students - students / 3));
    weights = stacked_weights(late, weights, kStackingPull);
  }
  std::vector<Predictions> all;
  for (const Member& member : members) {
    const Params theta = tuned_member(course, member, students);
    MENO_TRY(all.emplace_back(),
             predictions_of(*member.prior->model, theta, course.queries, course.threads));
  }
  return mean_of(std::move(all), weights);
}

}  // namespace meno
