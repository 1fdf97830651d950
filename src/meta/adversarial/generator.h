// The generator: a small policy that proposes edits to a history, answer by answer, and learns
// which of them mislead a model most for what they cost in plausibility.
//
//   pi(a | c) = r_a exp(phi_a . c) / Z,   phi_keep = 0,   r the plausible rates
//
// phi = 0 is plausible damage at random. With u_a = phi_a . c and pi-mean m = sum_a pi_a u_a the
// cost of a decision is KL(pi || r) = m - log Z, whose slope for u_b is pi_b (u_b - m).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/rng.h"
#include "meta/adversarial/edits.h"

namespace meno {

/// What is known when an answer may be edited: constant, place in the window, recent rate of right
/// answers, surprise of the answer under the model (nats, at most 3), the answer.
inline constexpr std::size_t kContext = 5;
using Context = std::array<double, kContext>;

/// phi is one row [kContext] per edit but Keep, in the order of Edit.
inline constexpr std::size_t kGeneratorParameters = (kEdits - 1) * kContext;

/// How often histories are untrue without anybody's intent.
struct PlausibleRates {
  double slip = 0.1;     // of right answers
  double guess = 0.2;    // of wrong answers
  double missing = 0.1;  // of all answers
  double bots = 0.01;    // that a bot takes over
};

/// Slip and guess as the model sees them: answers that go against what it was sure of (p above .9
/// or below .2), each counted with ten answers of the given rates. `p_correct` and `correct` [N].
PlausibleRates fitted_rates(PlausibleRates rates, std::span<const double> p_correct,
                            std::span<const float> correct);

/// c of every computed event; p_correct [computed] is the model's on the window as it is.
std::vector<Context> contexts_of(const Window& window, std::span<const double> p_correct);

/// One decision of the policy.
struct Choice {
  std::array<double, kEdits> p;  // of each Edit
  double cost = 0.0;             // KL(pi || r), nats
};
Choice choice_at(std::span<const double> phi, const Context& context, const PlausibleRates& rates);

/// One edit per context. Answers that a bot gives are Keep and no decision.
std::vector<Edit> drawn_edits(std::span<const double> phi, const std::vector<Context>& contexts,
                              const PlausibleRates& rates, Rng& rng);

/// What the policy saw and did in one window, and the loss that each decision brought: [computed]
/// each.
struct Episode {
  std::vector<Context> contexts = {};
  std::vector<Edit> edits = {};
  std::vector<double> gain = {};  // nats
};

/// Adds d(sum over decisions of gain[t] log pi(edit[t]) - price x cost[t])/d(phi) to `slope`
/// [kGeneratorParameters]. Source: Williams 1992, Machine Learning 8, the score-function gradient,
/// with the gains that follow each decision; the cost's part is exact.
void add_policy_slope(std::span<const double> phi, const Episode& episode, double price,
                      const PlausibleRates& rates, std::span<double> slope);

}  // namespace meno
