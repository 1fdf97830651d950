// Unrolled: a task's inner loop with its way back. K gradient steps on the support, then the
// gradient of the query's loss with respect to where the loop began and to its rates.
//
//   theta_{k+1} = theta_k - a o (g(theta_k) + c (theta_k - theta_0)),   g = gradient on the support
//   w = a o v_{k+1};   v_k = v_{k+1} - H(theta_k) w - c w,   v_K = gradient on the query at theta_K
//   d theta_0 = v_0 + c sum of all w;   d a = - sum over k of v_{k+1} o (g_k + c (theta_k -
//   theta_0))
//
// Source: Finn, Abbeel & Levine 2017, arXiv:1703.03400, equation 1 (a equal everywhere, c = 0,
// exact); Li, Zhou, Chen & Li 2017, arXiv:1707.09835 (learned a); the pull c is Meno's inner loop
// (meta/adapt.h).
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

namespace meno {

/// What a loop can unroll: a model of kLanes tasks side by side (1 for a plain model), parameters
/// [P, kLanes]. loss() puts its gradient in place of what `out` holds; hessian_vector() adds.
template <class M>
concept TaskModel = requires(const M& model, std::span<const typename M::Scalar> theta,
                             const typename M::Samples& data, typename M::Trace& trace,
                             std::span<typename M::Scalar> out, std::span<double> losses) {
  { M::kLanes } -> std::convertible_to<std::size_t>;
  { model.parameters() } -> std::convertible_to<std::size_t>;
  model.loss(theta, data, out, trace, losses);
  model.hessian_vector(theta, data, trace, theta, out);
};

/// How a loop runs. `rates` is [P], 0 for parameters that stay.
struct UnrolledSteps {
  int steps = 1;
  std::span<const double> rates = {};
  double pull = 0.0;   // c
  bool second = true;  // false: H taken as 0 (first-order MAML)
  /// Judge the query after every step, not only after the last: the sum of the K losses. Source:
  /// Antoniou, Edwards & Storkey 2019, arXiv:1810.09502, section 4, all steps weighing the same.
  bool every_step = false;
};

/// One thread's room for unrolling; the path grows with the steps, as exact gradients need it.
template <TaskModel M>
class Unrolled {
 public:
  using Scalar = typename M::Scalar;
  using Samples = typename M::Samples;
  static constexpr std::size_t kLanes = M::kLanes;

  explicit Unrolled(const M& model) : model_(model) {}

  /// theta_K [P, L] from theta_0 [P, L], which must outlive the call; valid until the next one.
  /// `losses` [L] are those of the support before the first step.
  std::span<const Scalar> adapt(std::span<const Scalar> start, const Samples& support,
                                const UnrolledSteps& loop, std::span<double> losses) {
    const auto steps = static_cast<std::size_t>(loop.steps);
    start_ = start;
    path_.resize(steps);
    slopes_.resize(steps);
    traces_.resize(steps);
    double unused[kLanes];
    for (std::size_t k = 0; k < steps; ++k) {
      slopes_[k].resize(start.size());
      model_.loss(at(k), support, slopes_[k], traces_[k],
                  k == 0 ? losses : std::span<double>(unused));
      path_[k].resize(start.size());
      step(loop, start.data(), at(k).data(), slopes_[k].data(), path_[k].data());
    }
    return at(steps);
  }

  /// Adds the query's gradient at theta_0 [P, L] to `d_start`, and at the rates to `d_rates` (or
  /// none, if that is empty). Returns the query's losses at theta_K alone.
  std::array<double, kLanes> gradient(std::span<const Scalar> start, const Samples& support,
                                      const Samples& query, const UnrolledSteps& loop,
                                      std::span<Scalar> d_start, std::span<Scalar> d_rates) {
    std::array<double, kLanes> unused{};
    std::array<double, kLanes> losses{};
    const std::span<const Scalar> end = adapt(start, support, loop, unused);
    v_.resize(start.size());
    model_.loss(end, query, v_, query_trace_, losses);
    for (std::size_t k = slopes_.size(); k-- > 0;) {
      if (!d_rates.empty()) add_rates(k, loop.pull, d_rates);
      if (loop.second) step_back(k, support, loop, d_start);
      if (loop.every_step && k > 0) add_query(k, query);
    }
    for (std::size_t i = 0; i < v_.size(); ++i) d_start[i] += v_[i];
    return losses;
  }

 private:
  static void step(const UnrolledSteps& loop, const Scalar* start, const Scalar* from,
                   const Scalar* slope, Scalar* to) {
    for (std::size_t p = 0; p < loop.rates.size(); ++p) {
      const auto rate = static_cast<Scalar>(loop.rates[p]);
      for (std::size_t i = p * kLanes; i < (p + 1) * kLanes; ++i) {
        to[i] = from[i] - rate * slope[i];
      }
    }
    if (loop.pull == 0.0) return;
    for (std::size_t p = 0; p < loop.rates.size(); ++p) {
      const auto pull = static_cast<Scalar>(loop.rates[p] * loop.pull);
      for (std::size_t i = p * kLanes; i < (p + 1) * kLanes; ++i) {
        to[i] -= pull * (from[i] - start[i]);
      }
    }
  }

  void add_rates(std::size_t k, double pull_d, std::span<Scalar> d_rates) const {
    const auto pull = static_cast<Scalar>(pull_d);
    const std::span<const Scalar> here = at(k);
    for (std::size_t i = 0; i < v_.size(); ++i) {
      d_rates[i] -= v_[i] * (slopes_[k][i] + pull * (here[i] - start_[i]));
    }
  }

  /// The gradient of the query's loss after k steps, into v_.
  void add_query(std::size_t k, const Samples& query) {
    std::array<double, kLanes> unused{};
    query_slope_.resize(v_.size());
    model_.loss(at(k), query, query_slope_, query_trace_, unused);
    for (std::size_t i = 0; i < v_.size(); ++i) v_[i] += query_slope_[i];
  }

  /// v_k from v_{k+1}: the product with the Hessian is added to v_ where it lies.
  void step_back(std::size_t k, const Samples& support, const UnrolledSteps& loop,
                 std::span<Scalar> d_start) {
    minus_w_.resize(v_.size());
    for (std::size_t p = 0; p < loop.rates.size(); ++p) {
      const auto rate = static_cast<Scalar>(loop.rates[p]);
      for (std::size_t i = p * kLanes; i < (p + 1) * kLanes; ++i) minus_w_[i] = -rate * v_[i];
    }
    model_.hessian_vector(at(k), support, traces_[k], minus_w_, v_);
    if (loop.pull == 0.0) return;
    const auto pull = static_cast<Scalar>(loop.pull);
    for (std::size_t i = 0; i < v_.size(); ++i) {
      v_[i] += pull * minus_w_[i];
      d_start[i] -= pull * minus_w_[i];
    }
  }

  /// theta_k.
  std::span<const Scalar> at(std::size_t k) const { return k == 0 ? start_ : path_[k - 1]; }

  const M& model_;
  std::span<const Scalar> start_;
  std::vector<std::vector<Scalar>> path_;    // theta_1 ... theta_K, each [P, L]
  std::vector<std::vector<Scalar>> slopes_;  // [K][P, L]
  std::vector<typename M::Trace> traces_;    // [K]
  typename M::Trace query_trace_;
  std::vector<Scalar> query_slope_;
  std::vector<Scalar> v_;
  std::vector<Scalar> minus_w_;
};

}  // namespace meno
