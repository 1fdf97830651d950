// Half-life regression, and the rule of thumb of next_item.h, which has its form.
// Source: Settles & Meeder 2016, ACL: p = 2^(-days / h), h = 2^(w . x), with the features of that
// paper that need no lexicon: 1, sqrt(1 + right), sqrt(1 + wrong). Departure: weights are fitted
// to the surprise of single answers; the paper fits squared errors of rates of recall.
#include <array>
#include <cmath>

#include "tutor/next_item/outlook.h"
#include "tutor/review/card_memory.h"
#include "tutor/review/models.h"

namespace meno {
namespace {

constexpr double kLeastHalfLifeDays = 1.0 / 96.0;  // the paper's 15 minutes
constexpr double kMostHalfLifeDays = 274.0;        // the paper's nine months

struct Counts {
  double right = 0.0;
  double wrong = 0.0;
};

Counts counted(Counts counts, const Review& review) {
  counts.right += review.right;
  counts.wrong += review.answers - review.right;
  return counts;
}

struct HalfLife {
  using State = Counts;
  std::array<double, 3> theta;

  static State after(const State& state, double, const Review& review) {
    return counted(state, review);
  }
  double p_recall(const State& state, double days) const {
    const double exponent = theta[0] + theta[1] * std::sqrt(1.0 + state.right) +
                            theta[2] * std::sqrt(1.0 + state.wrong);
    const double half_life = std::clamp(std::exp2(exponent), kLeastHalfLifeDays, kMostHalfLifeDays);
    return std::exp2(-days / half_life);
  }
};

struct Rule {
  using State = Counts;

  static State after(const State& state, double, const Review& review) {
    return counted(state, review);
  }
  static double p_recall(const State& state, double days) {
    SkillRecord record;
    record.right = static_cast<std::uint32_t>(state.right);
    record.answers = static_cast<std::uint32_t>(state.right + state.wrong);
    record.last_at = TimePoint{};
    return recall(record, TimePoint{} + std::chrono::milliseconds(std::llround(days * 86400e3)));
  }
};

constexpr std::array kStart{1.0, 1.0, -1.0};

std::unique_ptr<Memory> begin_half_life(std::span<const double> theta) {
  return std::make_unique<CardMemory<HalfLife>>(HalfLife{{theta[0], theta[1], theta[2]}});
}

std::unique_ptr<Memory> begin_rule(std::span<const double>) {
  return std::make_unique<CardMemory<Rule>>(Rule{});
}

}  // namespace

ForgettingEntry half_life_entry() {
  return {.name = "hlr",
          .summary = "half-life regression on right and wrong answers",
          .source = "Settles & Meeder 2016",
          .start = kStart,
          .precision = 0.1,
          .adapts = false,
          .begin = &begin_half_life};
}

ForgettingEntry rule_entry() {
  return {.name = "rule",
          .summary = "the rule of thumb by which next items are due for review",
          .source = "Meno",
          .start = {},
          .precision = 0.0,
          .adapts = false,
          .begin = &begin_rule};
}

}  // namespace meno
