#include "meta/adversarial/adversarial.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <deque>
#include <memory>

#include <fmt/format.h>

#include "models/link.h"

namespace meno {
namespace {

/// Keeps the generator's slopes out of the norm that gradients are clipped by; AdamW's steps do not
/// depend on their scale.
constexpr double kSlopeScale = 1e-3;

/// The batch's windows as they are, and what the model expects of them.
struct Clean {
  std::vector<const Encoded*> windows;
  std::vector<Window> origin;            // as `windows`, or empty
  std::vector<std::vector<double>> p{};  // [window][computed]
};

std::vector<std::vector<double>> predicted(const StudentModel& model, ParamView theta,
                                           Batch batch) {
  std::size_t rows = 0;
  for (const Encoded* window : batch) rows += window->size();
  std::vector<double> all(rows);
  model.predict(theta, batch, all);
  std::vector<std::vector<double>> p;
  auto at = all.begin();
  for (const Encoded* window : batch) {
    const auto end = at + static_cast<std::ptrdiff_t>(window->size());
    p.emplace_back(at, end);
    at = end;
  }
  return p;
}

Clean gathered(std::span<const EncodedTask> batch) {
  Clean clean;
  for (const EncodedTask& task : batch) {
    clean.windows.insert(clean.windows.end(), task.support.begin(), task.support.end());
    clean.windows.insert(clean.windows.end(), task.query.begin(), task.query.end());
    clean.origin.insert(clean.origin.end(), task.origin.begin(), task.origin.end());
  }
  if (clean.origin.size() != clean.windows.size()) clean.origin.clear();
  return clean;
}

/// What the generator made of one window.
struct Proposal {
  Episode episode;
  Edited edited;
  std::unique_ptr<const Encoded> encoded;
};

PlausibleRates rates_in(const Clean& clean, const PlausibleRates& prior) {
  std::vector<double> p;
  std::vector<float> y;
  for (std::size_t w = 0; w < clean.origin.size(); ++w) {
    const Window& window = clean.origin[w];
    for (std::size_t i = 0; i < clean.p[w].size(); ++i) {
      p.push_back(clean.p[w][i]);
      y.push_back(window.events[window.state_from + i].correct);
    }
  }
  return fitted_rates(prior, p, y);
}

double nats(double p, double y) { return surprise(std::log(p / (1.0 - p)), y); }

/// The gain of a decision: nats that all edits cost on the scored answers after it, for an edit can
/// only be felt by what comes after it.
void count_gains(const Window& window, std::span<const double> clean_p,
                 std::span<const double> edited_p, Proposal& proposal) {
  proposal.episode.gain.assign(clean_p.size(), 0.0);
  double after = 0.0;
  std::size_t k = edited_p.size();
  for (std::size_t i = clean_p.size(); i-- > 0;) {
    proposal.episode.gain[i] = after;
    if (k == 0 || proposal.edited.source[k - 1] != i) continue;
    --k;
    const std::size_t t = window.state_from + i;
    if (t < window.from) continue;
    const double y = window.events[t].scored_as();
    after += nats(edited_p[k], y) - nats(clean_p[i], y);
  }
}

/// Takes off the mean gain of the other windows at the same place.
void centre(std::deque<Proposal>& proposals) {
  std::vector<double> sum;
  std::vector<double> count;
  for (const Proposal& proposal : proposals) {
    sum.resize(std::max(sum.size(), proposal.episode.gain.size()));
    count.resize(sum.size());
    for (std::size_t i = 0; i < proposal.episode.gain.size(); ++i) {
      sum[i] += proposal.episode.gain[i];
      count[i] += 1.0;
    }
  }
  for (Proposal& proposal : proposals) {
    for (std::size_t i = 0; i < proposal.episode.gain.size(); ++i) {
      if (count[i] > 1.0)
        proposal.episode.gain[i] -= (sum[i] - proposal.episode.gain[i]) / (count[i] - 1.0);
    }
  }
}

/// Draws edits of every window and encodes what they leave.
std::deque<Proposal> proposed(const StudentModel& model, ParamView phi, const Clean& clean,
                              const PlausibleRates& rates, std::uint64_t seed) {
  std::deque<Proposal> proposals;
  for (std::size_t w = 0; w < clean.origin.size(); ++w) {
    Rng rng = Rng(seed).fork(w);
    Proposal& proposal = proposals.emplace_back();
    proposal.episode.contexts = contexts_of(clean.origin[w], clean.p[w]);
    proposal.episode.edits = drawn_edits(phi, proposal.episode.contexts, rates, rng);
    apply_edits(clean.origin[w], proposal.episode.edits, rng, proposal.edited);
    proposal.encoded = model.encode(proposal.edited.window());
  }
  return proposals;
}

/// The slope of the generator's objective, per decision: [kGeneratorParameters].
Params generator_slope(const Clean& clean, const std::vector<std::vector<double>>& misled,
                       ParamView phi, double price, const PlausibleRates& rates,
                       std::deque<Proposal>& proposals) {
  Params slope(phi.size(), 0.0);
  std::size_t decisions = 0;
  for (std::size_t w = 0; w < proposals.size(); ++w) {
    count_gains(clean.origin[w], clean.p[w], misled[w], proposals[w]);
    decisions += proposals[w].episode.edits.size();
  }
  centre(proposals);
  for (const Proposal& proposal : proposals) {
    add_policy_slope(phi, proposal.episode, price, rates, slope);
  }
  for (double& value : slope) value /= static_cast<double>(decisions);
  return slope;
}

}  // namespace

MetaStep Adversarial::operator()(const StudentModel& model, ParamView theta,
                                 std::span<const EncodedTask> batch, std::uint64_t seed) const {
  const std::size_t size = model.layout().size();
  const ParamView own = theta.first(size);
  const ParamView phi = theta.subspan(size);
  Clean clean = gathered(batch);
  MetaStep step{.direction = Params(theta.size(), 0.0),
                .weight = static_cast<double>(scored_in(clean.windows))};
  const std::span<double> direction = std::span(step.direction).first(size);
  step.loss = model.loss(own, clean.windows, direction, seed);
  if (clean.origin.empty()) return step;

  clean.p = predicted(model, own, clean.windows);
  const PlausibleRates fitted = rates_in(clean, rates);
  std::deque<Proposal> proposals = proposed(model, phi, clean, fitted, seed);
  std::vector<const Encoded*> edited;
  edited.reserve(proposals.size());
  for (const Proposal& proposal : proposals) edited.push_back(proposal.encoded.get());
  Params against(size, 0.0);
  const double loss = model.loss(own, edited, against, mix64(seed));
  step.loss += share * (loss - step.loss);
  for (std::size_t i = 0; i < size; ++i) direction[i] += share * (against[i] - direction[i]);
  if (!learn) return step;

  const Params slope =
      generator_slope(clean, predicted(model, own, edited), phi, plausibility, fitted, proposals);
  for (std::size_t k = 0; k < slope.size(); ++k) {  // uphill
    step.direction[size + k] = -kSlopeScale * slope[k];
  }
  return step;
}

Result<LearnerSetup> make_adversarial(const Options& options) {
  Adversarial learner;
  LearnerSetup setup;
  OptionReader reader(options);
  reader.read("share", learner.share);
  reader.read("plausibility", learner.plausibility);
  reader.read("missing", learner.rates.missing);
  reader.read("bots", learner.rates.bots);
  reader.read("learn", learner.learn);
  read_inner_loop(reader, setup.inner);
  MENO_TRY_DONE(reader.finish("adversarial"));
  MENO_TRY_DONE(check_inner_loop(setup.inner, "adversarial"));
  const auto is_rate = [](double rate) { return rate > 0.0 && rate < 1.0; };
  if (!(learner.share >= 0.0 && learner.share <= 1.0) || !(learner.plausibility > 0.0) ||
      !is_rate(learner.rates.missing) || !is_rate(learner.rates.bots)) {
    return invalid_input(fmt::format(
        "adversarial: share is {}, plausibility {}, missing {}, bots {}, expected 0 to 1, above 0, "
        "and two rates between 0 and 1",
        learner.share, learner.plausibility, learner.rates.missing, learner.rates.bots));
  }
  setup.step = learner;
  setup.own = [](const ParamLayout& /*model*/) {
    ParamLayout layout;
    layout.add({.name = "generator",
                .shape = {kEdits - 1, kContext},
                .rate_scale = 3.0,  // few parameters and a noisy slope: not tuned
                .weight_decay = 0.0});
    return layout;
  };
  setup.with_learnt = [](const InnerLoop& inner, ParamView /*learnt*/) { return inner; };
  return setup;
}

}  // namespace meno
