#include "meta/bayes/belief.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "meta/bayes/posterior.h"
#include "meta/registry.h"

namespace meno {
namespace {

/// Places an end of an 80 % band to about 4 points of percentile before the first answer.
constexpr std::size_t kDraws = 64;
constexpr std::uint64_t kSeed = 0x62656c69;

/// The q-quantile of weighted values in ascending order, linear between the middles of their
/// weights.
double quantile_of(std::span<const std::pair<double, double>> sorted, double q) {
  double before = 0.0;
  double last_middle = 0.0;
  double last_value = sorted.front().first;
  for (const auto& [value, weight] : sorted) {
    const double middle = before + 0.5 * weight;
    if (middle >= q) {
      if (before == 0.0 || middle <= last_middle) return value;
      return last_value + (q - last_middle) / (middle - last_middle) * (value - last_value);
    }
    before += weight;
    last_middle = middle;
    last_value = value;
  }
  return last_value;
}

/// Where to cut either end so that kBandLevel is left, given n draws: the truth is as likely to lie
/// in any of the n + 1 gaps between them as in any other.
double tail_of(double n) { return std::max(0.0, (0.5 * (1.0 - kBandLevel) * (n + 1.0) - 0.5) / n); }

}  // namespace

BeliefModel::BeliefModel(std::shared_ptr<const StudentModel> model, ParamView theta, ParamView sd,
                         std::size_t draws, std::uint64_t seed)
    : model_(std::move(model)) {
  const Posterior prior{.mean = Params(theta.begin(), theta.end()),
                        .sd = Params(sd.begin(), sd.end())};
  for (const Params& drawn : draws_of(prior, draws, seed)) online_.push_back(model_->online(drawn));
}

std::shared_ptr<const BeliefModel> belief_model(const Run& run) {
  const Result<const LearnerEntry*> entry = find_learner(run.learner_name);
  if (!entry || !run.model) return nullptr;
  const Result<LearnerSetup> learner = (*entry)->make(run.learner_options);
  if (!learner) return nullptr;
  const Result<InnerLoop> inner = inner_loop(*learner, run.model->layout(), run.learnt);
  if (!inner || !inner->prior) return nullptr;
  const PosteriorPlan plan(run.model->layout(), *inner);
  Params sd(run.theta.size(), 0.0);
  for (std::size_t i = 0; i < sd.size(); ++i) {
    if (plan.rates[i] != 0.0) sd[i] = std::exp(plan.log_sd[i]);
  }
  return std::make_shared<BeliefModel>(run.model, run.theta, sd, kDraws, kSeed);
}

Belief::Belief(const BeliefModel& model) : log_weight_(model.draws(), 0.0) {
  for (std::size_t d = 0; d < model.draws(); ++d) trackers_.push_back(model.draw(d).new_student());
}

void Belief::observe(const Event& event) {
  const Target target{.item = event.item, .skills = event.skills, .at = event.at};
  const auto correct = static_cast<double>(event.correct);
  for (std::size_t d = 0; d < trackers_.size(); ++d) {
    double p = 0.5;
    trackers_[d]->p_correct(std::span(&target, 1), std::span(&p, 1));
    log_weight_[d] += correct * std::log(p) + (1.0 - correct) * std::log1p(-p);
    trackers_[d]->observe(event);
  }
}

std::vector<double> Belief::weights() const {
  const double most = *std::max_element(log_weight_.begin(), log_weight_.end());
  std::vector<double> weights;
  weights.reserve(log_weight_.size());
  for (const double log_weight : log_weight_) weights.push_back(std::exp(log_weight - most));
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= total;
  return weights;
}

std::unique_ptr<Tracker> Belief::sampled(Rng& rng) const {
  const std::vector<double> weight = weights();
  double left = rng.uniform();
  std::size_t d = 0;
  while (d + 1 < weight.size() && left >= weight[d]) left -= weight[d++];
  return trackers_[d]->clone();
}

double Belief::effective_draws() const {
  double squares = 0.0;
  for (const double weight : weights()) squares += weight * weight;
  return 1.0 / squares;
}

BeliefBand Belief::band_of_mean(std::span<const Target> targets, double p) const {
  if (targets.empty()) return {};
  const std::vector<double> weight = weights();
  std::vector<std::pair<double, double>> said;  // by each draw: the mean, its weight
  std::vector<double> p_correct(targets.size());
  for (std::size_t d = 0; d < trackers_.size(); ++d) {
    trackers_[d]->p_correct(targets, p_correct);
    const double sum = std::accumulate(p_correct.begin(), p_correct.end(), 0.0);
    said.emplace_back(sum / static_cast<double>(targets.size()), weight[d]);
  }
  std::sort(said.begin(), said.end());
  const double tail = tail_of(effective_draws());
  return {.low = std::min(p, quantile_of(said, tail)),
          .high = std::max(p, quantile_of(said, 1.0 - tail))};
}

}  // namespace meno
