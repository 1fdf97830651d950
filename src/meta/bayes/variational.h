// Variational: a task's posterior by a few variational gradient steps, with its way back.
//
// Prior of a task's parameters N(theta, diag(sigma^2)), sigma = exp(s); posterior q a Gaussian with
// independent parts. In units of the prior, phi = theta + sigma o z, q says z ~ N(mu, exp(2 rho)):
//
//   KL(q || prior) = sum of (mu^2 + exp(2 rho) - 1) / 2 - rho, in which theta and s do not occur
//   F(mu, rho) = E_q L(theta + sigma o z) + l KL + c / 2 |sigma o mu|^2,   z = mu + exp(rho) o
//   noise mu, rho <- mu, rho - a / (1 + a l) o dF / d(mu, rho),   beginning at the prior, 0 and 0
//
// the step of rho cut at 1/2 either way,
// where L is the support's mean loss, l = lambda / n and E_q a mean over drawn noise, each draw
// also with its sign turned (so that what is odd in the noise cancels). Every step draws anew.
// `gradient` differentiates the whole of it, noise held fixed, by products with Hessians.
//
// Source: Ravi & Beatson 2019, ICLR, "Amortized Bayesian Meta-Learning" (q by steps from the prior,
// differentiated through); Kingma & Welling 2014, arXiv:1312.6114, section 2.4 (drawing z so).
// Meno's: the units of the prior, which make the steps natural for it; the step's damping by
// 1 + a l, without which one answer under a large lambda would diverge, and its cut, without which
// a noisy curvature can widen q without end; pairs of draws; the pull c.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "meta/unrolled/unrolled.h"
#include "models/params.h"

namespace meno {

/// How a posterior is found. The spans are [P] and must outlive the call.
struct VariationalSteps {
  int steps = 5;
  std::span<const double> rates = {};   // a; 0 for parameters that stay at theta, without spread
  std::span<const double> log_sd = {};  // s
  double prior = 0.0;                   // l
  double price = 0.0;                   // weight of the divergence in what gradient() is of
  double pull = 0.0;                    // c, of each answer
  int pairs = 1;                        // of draws, in every expectation; >= 1
  std::uint64_t seed = 0;               // of the noise, which all lanes share
};

/// One thread's room for posteriors of kLanes tasks side by side.
template <TaskModel M>
class Variational {
 public:
  using Scalar = typename M::Scalar;
  using Samples = typename M::Samples;
  using Lanes = std::vector<Scalar>;  // [P, L]
  static constexpr std::size_t kLanes = M::kLanes;
  using Losses = std::array<double, kLanes>;
  /// Of a step of rho, either way: not tuned. A standard deviation changes by at most exp(1/2).
  static constexpr Scalar kMostRho = Scalar(0.5);

  explicit Variational(const M& model) : model_(model) {}

  /// Finds q from the prior around `theta` [P, L], which must outlive what is asked of q.
  void adapt(std::span<const Scalar> theta, const Samples& support, const VariationalSteps& loop) {
    begin(theta, loop);
    for (std::size_t k = 0; k < steps(); ++k) {
      Lanes d_mu(size());
      Lanes d_rho(size());
      add_divergence(k, static_cast<Scalar>(loop.prior), static_cast<Scalar>(loop.pull), d_mu,
                     d_rho);
      draw(k, support);
      for (const Draw& draw : draws_[k]) add_slope(draw, d_mu, d_rho);
      move(k, d_mu, d_rho);
    }
  }

  /// Adds the gradient of E_q [the query's loss] + loop.price KL(q || prior), with q = adapt(), at
  /// theta [P, L] to `d_theta` and at s to `d_log_sd` [P, L]. Returns E_q of the query's loss.
  Losses gradient(std::span<const Scalar> theta, const Samples& support, const Samples& query,
                  const VariationalSteps& loop, std::span<Scalar> d_theta,
                  std::span<Scalar> d_log_sd) {
    adapt(theta, support, loop);
    const std::size_t last = steps();
    d_theta_ = d_theta;
    d_log_sd_ = d_log_sd;
    by_mu_.assign(size(), Scalar(0));
    by_rho_.assign(size(), Scalar(0));
    add_divergence(last, static_cast<Scalar>(loop.price), Scalar(0), by_mu_, by_rho_);
    const Losses losses = draw(last, query);
    for (const Draw& draw : draws_[last]) {
      add_slope(draw, by_mu_, by_rho_);
      for (std::size_t i = 0; i < size(); ++i) {
        d_theta_[i] += draw.slope[i];
        d_log_sd_[i] += sigma_[i / kLanes] * (mu_[last][i] + draw.spread[i]) * draw.slope[i];
      }
    }
    for (std::size_t k = last; k-- > 0;) step_back(k, support, loop);
    return losses;
  }

  /// Means and standard deviations of q's parameters, each [P, L].
  Lanes mean() const {
    Lanes mean(theta_.begin(), theta_.end());
    for (std::size_t i = 0; i < size(); ++i) mean[i] += sigma_[i / kLanes] * mu_.back()[i];
    return mean;
  }
  Lanes sd() const {
    Lanes sd(size());
    for (std::size_t i = 0; i < size(); ++i) {
      sd[i] = sigma_[i / kLanes] * width_.back()[i];
    }
    return sd;
  }

  /// KL(q || prior) of each lane, in nats.
  Losses divergence() const {
    Losses nats{};
    for (std::size_t i = 0; i < size(); ++i) {
      const auto mu = static_cast<double>(mu_.back()[i]);
      const auto rho = static_cast<double>(rho_.back()[i]);
      nats[i % kLanes] += 0.5 * (mu * mu + std::expm1(2.0 * rho)) - rho;
    }
    return nats;
  }

 private:
  /// One draw of all parameters, and the loss's slope there (of its share of the mean over draws).
  struct Draw {
    Lanes spread;  // exp(rho) o noise
    Lanes at;      // phi
    Lanes slope;
    typename M::Trace trace;
  };

  std::size_t size() const { return theta_.size(); }
  std::size_t steps() const { return mu_.size() - 1; }

  void begin(std::span<const Scalar> theta, const VariationalSteps& loop) {
    theta_ = theta;
    pairs_ = static_cast<std::size_t>(loop.pairs);
    seed_ = loop.seed;
    const auto steps = static_cast<std::size_t>(loop.steps);
    mu_.resize(steps + 1);
    rho_.resize(steps + 1);
    draws_.resize(steps + 1);
    mu_[0].assign(size(), Scalar(0));
    rho_[0].assign(size(), Scalar(0));
    width_.resize(steps + 1);
    rho_step_.resize(steps);
    width_[0].assign(size(), Scalar(1));
    rates_.resize(loop.rates.size());
    sigma_.resize(loop.rates.size());
    for (std::size_t p = 0; p < rates_.size(); ++p) {
      const double rate = loop.rates[p];
      rates_[p] = static_cast<Scalar>(rate / (1.0 + rate * loop.prior));
      sigma_[p] = static_cast<Scalar>(rate == 0.0 ? 0.0 : std::exp(loop.log_sd[p]));
    }
  }

  /// Step k + 1.
  void move(std::size_t k, const Lanes& d_mu, const Lanes& d_rho) {
    mu_[k + 1].resize(size());
    rho_[k + 1].resize(size());
    width_[k + 1].resize(size());
    rho_step_[k].resize(size());
    for (std::size_t i = 0; i < size(); ++i) {
      mu_[k + 1][i] = mu_[k][i] - rates_[i / kLanes] * d_mu[i];
      rho_step_[k][i] = rates_[i / kLanes] * d_rho[i];
      rho_[k + 1][i] = rho_[k][i] - std::clamp(rho_step_[k][i], -kMostRho, kMostRho);
      width_[k + 1][i] = std::exp(rho_[k + 1][i]);
    }
  }

  /// Draws from q after k steps and goes over `data` with each draw. Returns the mean losses.
  Losses draw(std::size_t k, const Samples& data) {
    Losses sum{};
    std::vector<Draw>& draws = draws_[k];
    draws.resize(2 * pairs_);
    for (std::size_t j = 0; j < draws.size(); ++j) {
      if (j % 2 == 0) draw_noise(k, j / 2);
      place(k, j % 2 == 0 ? Scalar(1) : Scalar(-1), draws[j]);
      Losses losses{};
      draws[j].slope.resize(size());
      model_.loss(draws[j].at, data, draws[j].slope, draws[j].trace, losses);
      for (Scalar& value : draws[j].slope) value /= static_cast<Scalar>(draws.size());
      for (std::size_t l = 0; l < kLanes; ++l) {
        sum[l] += losses[l] / static_cast<double>(draws.size());
      }
    }
    return sum;
  }

  void draw_noise(std::size_t k, std::size_t pair) {
    Rng rng = Rng(seed_).fork(k).fork(pair);
    noise_.resize(sigma_.size());
    for (Scalar& value : noise_) value = static_cast<Scalar>(rng.normal());
  }

  void place(std::size_t k, Scalar sign, Draw& draw) const {
    draw.spread.resize(size());
    draw.at.resize(size());
    for (std::size_t i = 0; i < size(); ++i) {
      const std::size_t p = i / kLanes;
      draw.spread[i] = sign * width_[k][i] * noise_[p];
      draw.at[i] = theta_[i] + sigma_[p] * (mu_[k][i] + draw.spread[i]);
    }
  }

  /// Adds d/d(mu, rho) of `weight` KL + `pull` / 2 |sigma o mu|^2 after k steps.
  void add_divergence(std::size_t k, Scalar weight, Scalar pull, Lanes& by_mu,
                      Lanes& by_rho) const {
    for (std::size_t i = 0; i < size(); ++i) {
      const Scalar sigma = sigma_[i / kLanes];
      by_mu[i] += (weight + pull * sigma * sigma) * mu_[k][i];
      by_rho[i] += weight * (width_[k][i] * width_[k][i] - Scalar(1));
    }
  }

  /// Adds d/d(mu, rho) of a draw's share of the expected loss.
  void add_slope(const Draw& draw, Lanes& by_mu, Lanes& by_rho) const {
    for (std::size_t i = 0; i < size(); ++i) {
      const Scalar slope = sigma_[i / kLanes] * draw.slope[i];
      by_mu[i] += slope;
      by_rho[i] += slope * draw.spread[i];
    }
  }

  /// From by_mu_, by_rho_ after step k + 1 to those after step k. Of dF . (rates o by) all
  /// derivatives are taken; its second ones are H times a direction, one product a draw.
  void step_back(std::size_t k, const Samples& support, const VariationalSteps& loop) {
    along_mu_.resize(size());
    along_rho_.resize(size());
    const auto prior = static_cast<Scalar>(loop.prior);
    const auto pull = static_cast<Scalar>(loop.pull);
    for (std::size_t i = 0; i < size(); ++i) {
      const std::size_t p = i / kLanes;
      const Scalar pulled = pull * sigma_[p] * sigma_[p];
      along_mu_[i] = rates_[p] * by_mu_[i];
      const bool cut = std::abs(rho_step_[k][i]) > kMostRho;  // then it depends on nothing
      along_rho_[i] = cut ? Scalar(0) : rates_[p] * by_rho_[i];
      by_mu_[i] -= (prior + pulled) * along_mu_[i];
      by_rho_[i] -= Scalar(2) * prior * width_[k][i] * width_[k][i] * along_rho_[i];
      d_log_sd_[i] -= Scalar(2) * pulled * mu_[k][i] * along_mu_[i];
    }
    for (const Draw& draw : draws_[k]) draw_back(k, draw, support);
  }

  void draw_back(std::size_t k, const Draw& draw, const Samples& support) {
    direction_.resize(size());
    curved_.assign(size(), Scalar(0));
    for (std::size_t i = 0; i < size(); ++i) {
      const Scalar dz = along_mu_[i] + along_rho_[i] * draw.spread[i];
      direction_[i] = sigma_[i / kLanes] * dz / static_cast<Scalar>(draws_[k].size());
    }
    model_.hessian_vector(draw.at, support, draw.trace, direction_, curved_);
    for (std::size_t i = 0; i < size(); ++i) {
      const Scalar sigma = sigma_[i / kLanes];
      const Scalar dz = along_mu_[i] + along_rho_[i] * draw.spread[i];
      const Scalar slope = sigma * draw.slope[i];
      const Scalar curved = sigma * curved_[i];
      d_theta_[i] -= curved_[i];
      by_mu_[i] -= curved;
      by_rho_[i] -= (curved + slope * along_rho_[i]) * draw.spread[i];
      d_log_sd_[i] -= curved * (mu_[k][i] + draw.spread[i]) + slope * dz;
    }
  }

  const M& model_;
  std::span<const Scalar> theta_;
  std::size_t pairs_ = 1;
  std::uint64_t seed_ = 0;
  std::vector<Scalar> rates_;             // [P], damped
  std::vector<Scalar> sigma_;             // [P]
  std::vector<Scalar> noise_;             // [P]
  std::vector<Lanes> mu_;                 // [K + 1], after each step
  std::vector<Lanes> rho_;                // [K + 1]
  std::vector<Lanes> width_;              // [K + 1], exp(rho)
  std::vector<Lanes> rho_step_;           // [K], before it was cut
  std::vector<std::vector<Draw>> draws_;  // [K + 1][2 pairs]; the last are the query's
  Lanes by_mu_, by_rho_;                  // of the objective, at the step that the way back is at
  Lanes along_mu_, along_rho_;            // rates o by
  Lanes direction_, curved_;
  std::span<Scalar> d_theta_, d_log_sd_;
};

}  // namespace meno
