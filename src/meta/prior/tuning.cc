#include "meta/prior/tuning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <vector>

#include "core/parallel.h"
#include "meta/adapt.h"

namespace meno {
namespace {

double dot(ParamView a, ParamView b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// Windows dealt to threads, and the share of the scored answers in each.
struct Shares {
  std::vector<std::vector<const Encoded*>> windows;
  std::vector<double> weight;

  Shares(Batch support, std::size_t threads) : windows(threads) {
    for (std::size_t w = 0; w < support.size(); ++w) windows[w % threads].push_back(support[w]);
    const auto all = static_cast<double>(scored_in(support));
    for (const auto& part : windows) {
      weight.push_back(static_cast<double>(scored_in(part)) / all);
    }
  }
};

/// The objective per answer, at theta + the moving parameters' steps.
class Objective {
 public:
  Objective(const StudentModel& model, ParamView theta, const MapTuning& tuning, Batch support)
      : model_(model),
        start_(theta),
        shares_(support, std::min(thread_count(tuning.threads), support.size())),
        pull_(tuning.precision / static_cast<double>(scored_in(support))) {
    moves_ = inner_rates(model.layout(), {.rate = 1.0, .head_only = tuning.head_only});
  }

  /// Value at theta; its gradient, 0 for what stays, replaces `gradient`.
  double operator()(ParamView theta, Params& gradient) const {
    const std::size_t parts = shares_.windows.size();
    std::vector<Params> slopes(parts, Params(theta.size(), 0.0));
    std::vector<double> losses(parts);
    parallel_for(parts, parts, [&](std::size_t k) {
      losses[k] = model_.loss(theta, shares_.windows[k], slopes[k], std::nullopt);
    });
    gradient.assign(theta.size(), 0.0);
    double value = 0.0;
    for (std::size_t k = 0; k < parts; ++k) {
      value += shares_.weight[k] * losses[k];
      for (std::size_t i = 0; i < theta.size(); ++i)
        gradient[i] += shares_.weight[k] * slopes[k][i];
    }
    for (std::size_t i = 0; i < theta.size(); ++i) {
      const double step = theta[i] - start_[i];
      value += 0.5 * pull_ * step * step;
      gradient[i] = moves_[i] == 0.0 ? 0.0 : gradient[i] + pull_ * step;
    }
    return value;
  }

 private:
  const StudentModel& model_;
  ParamView start_;
  Shares shares_;
  double pull_;
  Params moves_;
};

/// The last few steps, and the direction they suggest.
class Memory {
 public:
  void add(Params step, Params change) {
    const double curvature = dot(step, change);
    if (!(curvature > 1e-12 * dot(change, change))) return;
    if (pairs_.size() == kPairs) pairs_.pop_front();
    pairs_.push_back({std::move(step), std::move(change), 1.0 / curvature});
  }

  /// - H g, H the inverse Hessian's estimate. Source: Nocedal 1980, the two-loop recursion.
  Params direction(ParamView gradient) const {
    Params d(gradient.begin(), gradient.end());
    std::vector<double> alpha(pairs_.size());
    for (std::size_t k = pairs_.size(); k-- > 0;) {
      alpha[k] = pairs_[k].rho * dot(pairs_[k].step, d);
      for (std::size_t i = 0; i < d.size(); ++i) d[i] -= alpha[k] * pairs_[k].change[i];
    }
    const double scale =
        pairs_.empty()
            ? 1.0 / std::max(1.0, std::sqrt(dot(gradient, gradient)))
            : 1.0 / (pairs_.back().rho * dot(pairs_.back().change, pairs_.back().change));
    for (double& value : d) value *= scale;
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      const double beta = pairs_[k].rho * dot(pairs_[k].change, d);
      for (std::size_t i = 0; i < d.size(); ++i) d[i] += (alpha[k] - beta) * pairs_[k].step[i];
    }
    for (double& value : d) value = -value;
    return d;
  }

 private:
  struct Pair {
    Params step;
    Params change;
    double rho;
  };
  static constexpr std::size_t kPairs = 10;
  std::deque<Pair> pairs_;
};

Params moved(ParamView from, ParamView direction, double length) {
  Params to(from.begin(), from.end());
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += length * direction[i];
  return to;
}

Params difference(ParamView a, ParamView b) { return moved(a, b, -1.0); }

/// The grid of precisions, strongest first so that each search begins where the last one ended, and
/// their prior weights in nats: tuned courses have wanted about 1,000 (docs/benchmarks/meta.md).
struct Strength {
  double precision;
  double log_prior;
};
constexpr std::array kStrengths{Strength{10000.0, -1.0}, Strength{3000.0, 0.0},
                                Strength{1000.0, 0.0}, Strength{300.0, -1.0},
                                Strength{100.0, -2.0}};
constexpr double kLogPriorUnmoved = -2.0;  // of theta as it is

/// What theta says of these students, in nats; answers of one student are alike, so he counts as
/// 3 sqrt(answers) of them.
double foreseen(const StudentModel& model, ParamView theta, Batch students) {
  double nats = 0.0;
  for (const Encoded* const student : students) {
    if (student->scored() == 0) continue;
    const Encoded* const alone[] = {student};
    nats -= 3.0 * std::sqrt(static_cast<double>(student->scored())) *
            model.loss(theta, alone, {}, std::nullopt);
  }
  return nats;
}

/// The estimates under every strength, theta itself first.
std::vector<Params> path_of(const StudentModel& model, ParamView theta, const CourseTuning& tuning,
                            Batch support) {
  std::vector<Params> path{Params(theta.begin(), theta.end())};
  for (const Strength& strength : kStrengths) {
    path.push_back(tuned(model, theta,
                         {.head_only = tuning.head_only,
                          .precision = strength.precision,
                          .iterations = tuning.iterations,
                          .threads = tuning.threads,
                          .stopped = tuning.stopped},
                         support, path.back()));
  }
  return path;
}

}  // namespace

Params tuned(const StudentModel& model, ParamView theta, const MapTuning& tuning, Batch support,
             ParamView from) {
  if (scored_in(support) == 0) return {theta.begin(), theta.end()};
  if (from.empty()) from = theta;
  Params here(from.begin(), from.end());
  const Objective objective(model, theta, tuning, support);
  Memory memory;
  Params slope;
  Params next_slope;
  double value = objective(here, slope);
  constexpr double kEnough =
      1e-5;  // norm of the slope per answer, in nats: beyond it nothing shows
  for (int k = 0; k < tuning.iterations && dot(slope, slope) > kEnough * kEnough; ++k) {
    if (tuning.stopped && tuning.stopped()) break;
    const Params direction = memory.direction(slope);
    const double descent = dot(direction, slope);
    double length = 1.0;
    Params next;
    double next_value = value;
    for (int halvings = 0; halvings < 20; ++halvings, length *= 0.5) {
      next = moved(here, direction, length);
      next_value = objective(next, next_slope);
      if (next_value <= value + 1e-4 * length * descent) break;
    }
    if (!(next_value < value)) break;
    memory.add(difference(next, here), difference(next_slope, slope));
    here = std::move(next);
    std::swap(slope, next_slope);
    value = next_value;
  }
  return here;
}

TunedCourse tuned_to_course(const StudentModel& model, ParamView theta, const CourseTuning& tuning,
                            Batch support) {
  const std::size_t students = support.size();
  if (students < 2) return {.theta = {theta.begin(), theta.end()}};
  const std::size_t last = students - std::max<std::size_t>(1, students / 3);
  constexpr std::size_t kMany = 10;  // students from which the first third can be spared
  const Batch late = students < kMany ? support : support.subspan(students / 3);
  const std::vector<Params> on_first = path_of(model, theta, tuning, support.first(last));
  const std::vector<Params> on_all = path_of(model, theta, tuning, late);
  std::vector<double> log_weight;
  for (std::size_t k = 0; k < on_first.size(); ++k) {
    log_weight.push_back((k == 0 ? kLogPriorUnmoved : kStrengths[k - 1].log_prior) +
                         foreseen(model, on_first[k], support.subspan(last)));
  }
  const double most = *std::max_element(log_weight.begin(), log_weight.end());
  double total = 0.0;
  for (const double weight : log_weight) total += std::exp(weight - most);
  TunedCourse course{.theta = Params(theta.size(), 0.0), .foresight = most + std::log(total)};
  for (std::size_t k = 0; k < on_all.size(); ++k) {
    const double share = std::exp(log_weight[k] - most) / total;
    for (std::size_t i = 0; i < theta.size(); ++i) course.theta[i] += share * on_all[k][i];
  }
  return course;
}

}  // namespace meno
