#include "meta/prior/tuning.h"

#include <cmath>
#include <deque>

#include "meta/adapt.h"

namespace meno {
namespace {

double dot(ParamView a, ParamView b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// The objective per answer, at theta + the moving parameters' steps.
class Objective {
 public:
  Objective(const StudentModel& model, ParamView theta, const MapTuning& tuning, Batch support)
      : model_(model),
        start_(theta),
        support_(support),
        pull_(tuning.precision / static_cast<double>(scored_in(support))) {
    moves_ = inner_rates(model.layout(), {.rate = 1.0, .head_only = tuning.head_only});
  }

  /// Value at theta; its gradient, 0 for what stays, replaces `gradient`.
  double operator()(ParamView theta, Params& gradient) const {
    gradient.assign(theta.size(), 0.0);
    double value = model_.loss(theta, support_, gradient, std::nullopt);
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
  Batch support_;
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

}  // namespace

Params tuned(const StudentModel& model, ParamView theta, const MapTuning& tuning, Batch support) {
  Params here(theta.begin(), theta.end());
  if (scored_in(support) == 0) return here;
  const Objective objective(model, theta, tuning, support);
  Memory memory;
  Params slope;
  Params next_slope;
  double value = objective(here, slope);
  constexpr double kEnough =
      1e-5;  // norm of the slope per answer, in nats: beyond it nothing shows
  for (int k = 0; k < tuning.iterations && dot(slope, slope) > kEnough * kEnough; ++k) {
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

}  // namespace meno
