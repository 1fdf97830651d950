// DSR: difficulty, stability and retrievability of each card, the model behind FSRS, from its
// published equations with answers graded right ("good") or wrong ("again").
// Sources: Ye, Su & Cao 2022, KDD (stability after recall and after forgetting); the equations of
// FSRS-4.5 as its authors document them, with the exponent of the curve fitted as in FSRS-6.
//
//   R(t) = (1 + f t / S)^-d, f = .9^(-1/d) - 1, so that R(S) = .9
//   right:  S' = S (1 + e^a (11 - D) S^-b (e^(c (1 - R)) - 1))
//   wrong:  S' = min(S, g D^-h ((S + 1)^k - 1) e^(l (1 - R)))
//   D' = m D0 + (1 - m) (D - n (grade - 3)), kept within [1, 10]; grade 3 right, 1 wrong
//
// Departure: like FSRS-4.5, answers later in a sitting are not looked at.
#include <array>
#include <cmath>

#include "models/link.h"
#include "tutor/review/card_memory.h"
#include "tutor/review/models.h"

namespace meno {
namespace {

constexpr double kLeastStability = 0.01;    // days
constexpr double kMostStability = 36500.0;  // days

// Where each parameter stands; "log": of a positive one.
enum Place : std::size_t {
  LogFirstWrong,
  LogFirstRight,
  Difficulty,
  DifficultySpread,
  LogStep,
  LogitReversion,
  Growth,
  LogSaturation,
  LogSurprise,
  LogForgotten,
  LogForgottenDifficulty,
  LogForgottenStability,
  LogForgottenSurprise,
  LogDecay,
  Places
};

// The published defaults of FSRS-4.5 on the scale of `Place`, decay .5.
constexpr std::array<double, Places> kStart{-0.719, 1.312, 5.16,  1.23,  -0.108, -3.44, 1.647,
                                            -1.990, 0.045, 0.745, -2.53, -1.125, 0.462, -0.693};

struct Dsr {
  struct State {
    double stability = 0.0;  // 0: never reviewed
    double difficulty = 0.0;
  };
  std::array<double, Places> theta;

  double power(Place place) const { return std::exp(theta[place]); }

  double p_recall(const State& state, double days) const {
    const double decay = power(LogDecay);
    const double factor = std::pow(0.9, -1.0 / decay) - 1.0;
    return std::pow(1.0 + factor * days / state.stability, -decay);
  }
  State first(bool right) const {
    const double above = right ? 0.0 : -2.0;
    return {.stability = kept(power(right ? LogFirstRight : LogFirstWrong)),
            .difficulty = difficult(theta[Difficulty] - above * theta[DifficultySpread])};
  }
  State after(const State& state, double gap, const Review& review) const {
    if (state.stability == 0.0) return first(review.recalled);
    const double forgotten = 1.0 - p_recall(state, gap);
    const double above = review.recalled ? 0.0 : -2.0;
    const double reversion = sigmoid(theta[LogitReversion]);
    return {
        .stability = kept(review.recalled ? grown(state, forgotten) : lost(state, forgotten)),
        .difficulty = difficult(reversion * theta[Difficulty] +
                                (1.0 - reversion) * (state.difficulty - above * power(LogStep)))};
  }

 private:
  static double kept(double stability) {
    return std::clamp(stability, kLeastStability, kMostStability);
  }
  static double difficult(double difficulty) { return std::clamp(difficulty, 1.0, 10.0); }
  double grown(const State& state, double forgotten) const {
    const double growth = std::exp(theta[Growth]) * (11.0 - state.difficulty) *
                          std::pow(state.stability, -power(LogSaturation)) *
                          std::expm1(power(LogSurprise) * forgotten);
    return state.stability * (1.0 + growth);
  }
  double lost(const State& state, double forgotten) const {
    const double left = power(LogForgotten) *
                        std::pow(state.difficulty, -power(LogForgottenDifficulty)) *
                        (std::pow(state.stability + 1.0, power(LogForgottenStability)) - 1.0) *
                        std::exp(power(LogForgottenSurprise) * forgotten);
    return std::min(left, state.stability);
  }
};

std::unique_ptr<Memory> begin(std::span<const double> theta) {
  Dsr law{};
  std::copy(theta.begin(), theta.end(), law.theta.begin());
  return std::make_unique<CardMemory<Dsr>>(law);
}

}  // namespace

ForgettingEntry dsr_entry() {
  return {.name = "dsr",
          .summary = "difficulty, stability and retrievability (FSRS's equations)",
          .source = "Ye, Su & Cao 2022; FSRS-4.5",
          .start = kStart,
          .precision = 1.0,
          .adapts = true,
          .begin = &begin};
}

}  // namespace meno
