// Fixed intervals: boxes, SuperMemo's intervals, and no memory at all.
#include <array>
#include <cmath>

#include "models/link.h"
#include "tutor/review/card_memory.h"
#include "tutor/review/models.h"

namespace meno {
namespace {

constexpr std::size_t kBoxes = 8;

/// A right answer moves a card up a box, a wrong one back to the first; each box has its rate of
/// recall at the intervals at which it was asked. Source: Leitner 1972.
struct Leitner {
  using State = std::size_t;
  std::array<double, kBoxes> theta;  // logit of the rate of recall

  static State after(State box, double, const Review& review) {
    return review.recalled ? std::min(box + 1, kBoxes - 1) : 0;
  }
  double p_recall(State box, double) const { return sigmoid(theta[box]); }
};

/// The interval of SM-2, at whose end recall is expected to be .9, between exponential decay.
/// Source: Wozniak 1990: intervals 1 and 6 days, then times the easiness, which moves with the
/// quality of the answer, here 4 for right and 2 for wrong.
struct Sm2 {
  static constexpr double kExpected = 0.9;
  static constexpr double kLeastEasiness = 1.3;
  struct State {
    double easiness = 2.5;
    double interval = 0.0;
    int row = 0;  // right answers in a row
  };

  static State after(State state, double, const Review& review) {
    const double short_of = review.recalled ? 1.0 : 3.0;  // 5 - quality
    state.easiness =
        std::max(kLeastEasiness, state.easiness + 0.1 - short_of * (0.08 + short_of * 0.02));
    state.row = review.recalled ? state.row + 1 : 0;
    state.interval = state.row <= 1 ? 1.0 : state.row == 2 ? 6.0 : state.interval * state.easiness;
    return state;
  }
  static double p_recall(const State& state, double days) {
    return std::pow(kExpected, days / state.interval);
  }
};

/// Every test of memory alike.
struct Average {
  struct State {};
  double theta;

  static State after(State state, double, const Review&) { return state; }
  double p_recall(State, double) const { return sigmoid(theta); }
};

constexpr std::array<double, kBoxes> kBoxStart{1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5};
constexpr std::array kAverageStart{1.5};

std::unique_ptr<Memory> begin_leitner(std::span<const double> theta) {
  Leitner law{};
  std::copy(theta.begin(), theta.end(), law.theta.begin());
  return std::make_unique<CardMemory<Leitner>>(law);
}

std::unique_ptr<Memory> begin_sm2(std::span<const double>) {
  return std::make_unique<CardMemory<Sm2>>(Sm2{});
}

std::unique_ptr<Memory> begin_average(std::span<const double> theta) {
  return std::make_unique<CardMemory<Average>>(Average{theta[0]});
}

}  // namespace

ForgettingEntry leitner_entry() {
  return {.name = "leitner",
          .summary = "eight boxes, each with its rate of recall",
          .source = "Leitner 1972",
          .start = kBoxStart,
          .precision = 0.1,
          .adapts = false,
          .begin = &begin_leitner};
}

ForgettingEntry sm2_entry() {
  return {.name = "sm2",
          .summary = "SuperMemo's intervals, recall .9 at their ends",
          .source = "Wozniak 1990",
          .start = {},
          .precision = 0.0,
          .adapts = false,
          .begin = &begin_sm2};
}

ForgettingEntry average_entry() {
  return {.name = "average",
          .summary = "the rate of recall, whatever the card and the interval",
          .source = "",
          .start = kAverageStart,
          .precision = 0.1,
          .adapts = false,
          .begin = &begin_average};
}

}  // namespace meno
