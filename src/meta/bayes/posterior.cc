#include "meta/bayes/posterior.h"

#include <algorithm>
#include <cmath>

#include "core/check.h"

namespace meno {
namespace {

/// Of the noise of every posterior that is asked for outside of training.
constexpr std::uint64_t kNoise = 0x6d656e6f;

/// The q-quantile of sorted values, linear between neighbours.
double quantile_of(const std::vector<double>& sorted, double q) {
  const double place = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

PredictiveBand band_of(std::vector<double>& p_correct, double level) {
  PredictiveBand band;
  for (const double p : p_correct) band.p_correct += p / static_cast<double>(p_correct.size());
  std::sort(p_correct.begin(), p_correct.end());
  band.low = quantile_of(p_correct, 0.5 * (1.0 - level));
  band.high = quantile_of(p_correct, 0.5 * (1.0 + level));
  return band;
}

}  // namespace

PosteriorPlan::PosteriorPlan(const ParamLayout& layout, const InnerLoop& inner)
    : rates(inner_rates(layout, inner)),
      log_sd(inner.prior->log_sd),
      lambda(inner.prior->lambda),
      pull(inner.pull),
      steps(inner.steps),
      pairs(inner.prior->pairs) {
  if (log_sd.empty()) log_sd.assign(layout.size(), std::log(inner.prior->spread));
}

VariationalSteps PosteriorPlan::steps_for(std::size_t scored, std::uint64_t seed) const {
  const double answers = static_cast<double>(std::max<std::size_t>(1, scored));
  return {.steps = scored == 0 ? 0 : steps,
          .rates = rates,
          .log_sd = log_sd,
          .prior = lambda / answers,
          .pull = pull / answers,
          .pairs = pairs,
          .seed = seed};
}

Posterior posterior_of(const StudentModel& model, ParamView theta, const InnerLoop& inner,
                       Batch support) {
  if (!inner.prior) {
    return {.mean = adapted(model, theta, inner, support), .sd = Params(theta.size(), 0.0)};
  }
  const PosteriorPlan plan(model.layout(), inner);
  const StudentTasks tasks(model);
  Variational<StudentTasks> q(tasks);
  q.adapt(theta, support, plan.steps_for(scored_in(support), kNoise));
  return {.mean = q.mean(), .sd = q.sd()};
}

std::vector<Params> draws_of(const Posterior& posterior, std::size_t count, std::uint64_t seed) {
  std::vector<Params> draws(count, posterior.mean);
  Params away(posterior.sd.size());
  for (std::size_t d = 0; d < count; ++d) {
    Rng rng = Rng(seed).fork(d);
    for (std::size_t i = 0; i < away.size(); ++i) {
      away[i] = d % 2 == 0 ? posterior.sd[i] * rng.normal() : -away[i];
      draws[d][i] += away[i];
    }
  }
  return draws;
}

std::vector<PredictiveBand> predictive_bands(const StudentModel& model, const Posterior& posterior,
                                             Batch batch, const BandOptions& options) {
  MENO_CHECK(options.draws > 0 && options.level > 0.0 && options.level < 1.0,
             "a band needs draws, and a level in (0, 1)");
  std::size_t events = 0;
  for (const Encoded* window : batch) events += window->size();
  std::vector<std::vector<double>> by_event(events);
  std::vector<double> p_correct(events);
  for (const Params& theta : draws_of(posterior, options.draws, options.seed)) {
    model.predict(theta, batch, p_correct);
    for (std::size_t t = 0; t < events; ++t) by_event[t].push_back(p_correct[t]);
  }
  std::vector<PredictiveBand> bands;
  bands.reserve(events);
  for (std::vector<double>& of_event : by_event) bands.push_back(band_of(of_event, options.level));
  return bands;
}

}  // namespace meno
