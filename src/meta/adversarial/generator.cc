#include "meta/adversarial/generator.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

constexpr double kSure = 0.9;
constexpr double kSureNot = 0.2;
constexpr double kPriorAnswers = 10.0;
constexpr double kMostSurprise = 3.0;
constexpr double kRecent = 0.8;  // what an answer keeps of the rate before it: about five answers

/// The plausible probability of each edit of an answer.
std::array<double, kEdits> reference(const Context& context, const PlausibleRates& rates) {
  const double right = context[4];
  const double flip = right * rates.slip + (1.0 - right) * rates.guess;
  const double others = (1.0 - rates.missing) * (1.0 - rates.bots);
  return {others * (1.0 - flip), others * flip, rates.missing * (1.0 - rates.bots), rates.bots};
}

/// u_a = phi_a . c; 0 for Keep.
std::array<double, kEdits> tilts(std::span<const double> phi, const Context& context) {
  std::array<double, kEdits> u{};
  for (std::size_t a = 1; a < kEdits; ++a) {
    for (std::size_t k = 0; k < kContext; ++k) u[a] += phi[(a - 1) * kContext + k] * context[k];
  }
  return u;
}

/// Calls decide(t) for every answer that no bot gives.
template <class Decide>
void for_each_decision(std::size_t size, const Decide& decide) {
  for (std::size_t t = 0; t < size;) t += decide(t) == Edit::Burst ? kBurst : 1;
}

}  // namespace

PlausibleRates fitted_rates(PlausibleRates rates, std::span<const double> p_correct,
                            std::span<const float> correct) {
  double slips = kPriorAnswers * rates.slip;
  double sure = kPriorAnswers;
  double guesses = kPriorAnswers * rates.guess;
  double sure_not = kPriorAnswers;
  for (std::size_t i = 0; i < p_correct.size(); ++i) {
    const auto y = static_cast<double>(correct[i]);
    if (p_correct[i] > kSure) {
      slips += 1.0 - y;
      sure += 1.0;
    } else if (p_correct[i] < kSureNot) {
      guesses += y;
      sure_not += 1.0;
    }
  }
  rates.slip = slips / sure;
  rates.guess = guesses / sure_not;
  return rates;
}

std::vector<Context> contexts_of(const Window& window, std::span<const double> p_correct) {
  std::vector<Context> contexts;
  contexts.reserve(p_correct.size());
  double recent = 0.5;
  for (std::size_t i = 0; i < p_correct.size(); ++i) {
    const double y = window.events[window.state_from + i].correct;
    const double p = y > 0.5 ? p_correct[i] : 1.0 - p_correct[i];
    contexts.push_back({1.0, static_cast<double>(i) / static_cast<double>(p_correct.size()),
                        recent - 0.5, std::min(kMostSurprise, -std::log(p)), y});
    recent = kRecent * recent + (1.0 - kRecent) * y;
  }
  return contexts;
}

Choice choice_at(std::span<const double> phi, const Context& context, const PlausibleRates& rates) {
  Choice choice{.p = reference(context, rates)};
  const std::array<double, kEdits> u = tilts(phi, context);
  double z = 0.0;
  for (std::size_t a = 0; a < kEdits; ++a) z += choice.p[a] *= std::exp(u[a]);
  for (std::size_t a = 0; a < kEdits; ++a) {
    choice.p[a] /= z;
    choice.cost += choice.p[a] * u[a];
  }
  choice.cost -= std::log(z);
  return choice;
}

std::vector<Edit> drawn_edits(std::span<const double> phi, const std::vector<Context>& contexts,
                              const PlausibleRates& rates, Rng& rng) {
  std::vector<Edit> edits(contexts.size(), Edit::Keep);
  for_each_decision(contexts.size(), [&](std::size_t t) {
    const Choice choice = choice_at(phi, contexts[t], rates);
    double left = rng.uniform();
    std::size_t a = 0;
    while (a + 1 < kEdits && left >= choice.p[a]) left -= choice.p[a++];
    return edits[t] = static_cast<Edit>(a);
  });
  return edits;
}

void add_policy_slope(std::span<const double> phi, const Episode& episode, double price,
                      const PlausibleRates& rates, std::span<double> slope) {
  const std::vector<Context>& contexts = episode.contexts;
  const std::vector<Edit>& edits = episode.edits;
  for_each_decision(episode.edits.size(), [&](std::size_t t) {
    const Choice choice = choice_at(phi, contexts[t], rates);
    const std::array<double, kEdits> u = tilts(phi, contexts[t]);
    double mean = 0.0;
    for (std::size_t a = 0; a < kEdits; ++a) mean += choice.p[a] * u[a];
    for (std::size_t b = 1; b < kEdits; ++b) {
      const double chosen = edits[t] == static_cast<Edit>(b) ? 1.0 : 0.0;
      const double by_u =
          episode.gain[t] * (chosen - choice.p[b]) - price * choice.p[b] * (u[b] - mean);
      for (std::size_t k = 0; k < kContext; ++k) {
        slope[(b - 1) * kContext + k] += by_u * contexts[t][k];
      }
    }
    return edits[t];
  });
}

}  // namespace meno
