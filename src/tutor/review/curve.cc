// Meno's forgetting curve: the odds of recall fall as a power of time, from a height that practice
// raises and that differs from card to card and from learner to learner.
//
//   logit p(t) = theta . x + sigma u - e^(omega + power log(1 + g)) log(1 + t / e^tau)
//
// g: the longest gap survived. x: how often the card was and was not recalled, whether last time,
// how often in a row, g, the last gap, the answers its last sitting took and those that were wrong
// when it was new, and how the learner's latest reviews of any card went against what was
// expected. Wixted & Ebbesen 1991, Psychological Science 2(6), found power functions of time in
// recall; odds rather than probabilities keep p below 1 and make every feature shift the stability
// (where p is .5) by a factor.
//
// It is learnt on three levels. theta: from many learners, as the prior of each (population).
// A learner: the mode of his posterior under that prior (fit_forgetting). A card: u ~ N(0, 1), its
// posterior on a grid after every review. As u is integrated out, the surprise that theta is fitted
// to is that of each review foreseen from those before it: what a meta-learner minimises.
#include <array>
#include <cmath>
#include <unordered_map>

#include "core/check.h"
#include "models/link.h"
#include "tutor/review/card_memory.h"
#include "tutor/review/models.h"

namespace meno {
namespace {

enum Place : std::size_t {
  Bias,
  Recalled,
  Forgotten,
  LastRecalled,
  LongestGap,
  LastGap,
  LastPractice,
  FirstWrong,
  SlowDrift,
  FastDrift,
  Row,
  Power,
  Features,
  Omega = Features,
  Tau,
  LogSigma,
  Places
};

// A neutral beginning: mostly recalled, a power of .5, a day as the scale of time.
constexpr std::array<double, Places> kStart{1.5, 0.5, -0.5, 0.5,  0.3, 0.0, 0.0,
                                            0.0, 1.0, 1.0,  -0.7, 0.0, -0.7};

constexpr std::array kNodes{-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0};  // of u
using Weights = std::array<double, kNodes.size()>;

// Drifts look back on some 200 and some 12 reviews.
constexpr double kSlowRate = 1.0 / 200.0;
constexpr double kFastRate = 1.0 / 12.0;

Weights prior_of_u() {
  Weights weights{};
  double sum = 0.0;
  for (std::size_t g = 0; g < kNodes.size(); ++g) {
    weights[g] = std::exp(-0.5 * kNodes[g] * kNodes[g]);
    sum += weights[g];
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

/// What the reviews of one card add up to.
struct Card {
  double recalled = 0.0;
  double forgotten = 0.0;
  bool last_recalled = false;
  double row = 0.0;
  double longest_gap = 0.0;  // days, survived
  double last_gap = 0.0;
  double last_practice = 0.0;  // answers after the first, of the last sitting
  double first_wrong = 0.0;    // wrong answers of the first sitting
  double end = 0.0;
  Weights belief = prior_of_u();

  void take(double gap, const Review& review) {
    if (recalled + forgotten == 0.0) first_wrong = review.answers - review.right;
    (review.recalled ? recalled : forgotten) += 1.0;
    if (review.recalled) longest_gap = std::max(longest_gap, gap);
    row = review.recalled ? row + 1.0 : 0.0;
    last_recalled = review.recalled;
    last_gap = gap;
    last_practice = review.answers - 1.0;
    end = review.end;
  }
};

class CurveMemory final : public Memory {
 public:
  explicit CurveMemory(std::span<const double> theta) {
    std::copy(theta.begin(), theta.end(), theta_.begin());
  }

  double p_recall(std::uint32_t card, double day) const override {
    const auto found = cards_.find(card);
    MENO_CHECK(found != cards_.end(), "a card that was never reviewed");
    const Card& known = found->second;
    return mean(known.belief, at_nodes(known, std::max(0.0, day - known.end)));
  }

  void observe(std::uint32_t card, const Review& review) override {
    const auto [at, first] = cards_.try_emplace(card);
    Card& known = at->second;
    const double gap = first ? 0.0 : std::max(0.0, review.day - known.end);
    if (!first) learn(known, at_nodes(known, gap), review.recalled);
    known.take(gap, review);
  }

 private:
  double height(const Card& card) const {
    return theta_[Bias] + theta_[Recalled] * std::log1p(card.recalled) +
           theta_[Forgotten] * std::log1p(card.forgotten) +
           (card.last_recalled ? theta_[LastRecalled] : 0.0) +
           theta_[LongestGap] * std::log1p(card.longest_gap) +
           theta_[LastGap] * std::log1p(card.last_gap) +
           theta_[LastPractice] * std::log1p(card.last_practice) +
           theta_[FirstWrong] * std::log1p(card.first_wrong) + theta_[SlowDrift] * slow_ +
           theta_[FastDrift] * fast_ + theta_[Row] * std::log1p(card.row);
  }
  Weights at_nodes(const Card& card, double days) const {
    const double z =
        height(card) - std::exp(theta_[Omega] + theta_[Power] * std::log1p(card.longest_gap)) *
                           std::log1p(days * std::exp(-theta_[Tau]));
    const double sigma = std::exp(theta_[LogSigma]);
    Weights p{};
    for (std::size_t g = 0; g < p.size(); ++g) {
      p[g] = std::clamp(sigmoid(z + sigma * kNodes[g]), kLeastDoubt, 1.0 - kLeastDoubt);
    }
    return p;
  }
  static double mean(const Weights& belief, const Weights& p) {
    double sum = 0.0;
    for (std::size_t g = 0; g < p.size(); ++g) sum += belief[g] * p[g];
    return sum;
  }
  void learn(Card& card, const Weights& p, bool recalled) {
    const double expected = mean(card.belief, p);
    const double surprise = (recalled ? 1.0 : 0.0) - expected;
    slow_ += kSlowRate * (surprise - slow_);
    fast_ += kFastRate * (surprise - fast_);
    for (std::size_t g = 0; g < p.size(); ++g) {
      card.belief[g] *= recalled ? p[g] / expected : (1.0 - p[g]) / (1.0 - expected);
    }
  }

  std::array<double, Places> theta_{};
  std::unordered_map<std::uint32_t, Card> cards_;
  double slow_ = 0.0;
  double fast_ = 0.0;
};

std::unique_ptr<Memory> begin(std::span<const double> theta) {
  return std::make_unique<CurveMemory>(theta);
}

}  // namespace

ForgettingEntry curve_entry() {
  return {.name = "curve",
          .summary = "odds falling as a power of time, adapted to the learner and the card",
          .source = "Meno",
          .start = kStart,
          .precision = 1.0,
          .adapts = true,
          .begin = &begin};
}

}  // namespace meno
