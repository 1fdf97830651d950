#include "tutor/review/regimes.h"

#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include "core/check.h"
#include "core/rng.h"
#include "tutor/review/schedule.h"

namespace meno {
namespace {

struct SimulatedCard {
  double begun = 0.0;
  double next = 0.0;  // day of the next review
  double interval = 0.0;
};

/// How a regime sets the next interval after a review; `believed` is what it thinks of memory.
using NextInterval = std::function<double(const Memory& believed, std::uint32_t card, double day,
                                          double last_interval, bool recalled)>;

struct Regime {
  std::string_view name;
  FittedMemory believed;
  NextInterval next;
};

NextInterval until_due(double retention) {
  return [retention](const Memory& believed, std::uint32_t card, double day, double, bool) {
    return std::max(1.0, std::floor(due_at(believed, card, day, retention) - day));
  };
}

NextInterval every(double days) {
  return [days](const Memory&, std::uint32_t, double, double, bool) { return days; };
}

double doubled(const Memory&, std::uint32_t, double, double last_interval, bool recalled) {
  return recalled && last_interval > 0.0 ? 2.0 * last_interval : 1.0;
}

FittedMemory named(std::string_view name) {
  const auto found = find_forgetting(name);
  MENO_CHECK(found.has_value(), "a model that has left the registry");
  return {.model = *found, .theta = {(*found)->start.begin(), (*found)->start.end()}};
}

std::vector<Regime> regimes_of(const FittedMemory& curve, double retention) {
  return {{"curve", curve, until_due(retention)},
          {"sm2", named("sm2"), until_due(0.9)},  // where its interval ends
          {"doubling", named("average"), &doubled},
          {"every 3 days", named("average"), every(3.0)},
          {"every 7 days", named("average"), every(7.0)},
          {"every 14 days", named("average"), every(14.0)},
          {"every 30 days", named("average"), every(30.0)}};
}

/// One learner under one regime; adds to the sums of `row`.
class Life {
 public:
  Life(const FittedMemory& truth, const Regime& regime, const RegimePlan& plan, Rng rng)
      : truth_(truth.model->begin(truth.theta)),
        believed_(regime.believed.model->begin(regime.believed.theta)),
        regime_(regime),
        plan_(plan),
        rng_(rng) {
    for (std::size_t c = 0; c < plan.cards; ++c) {
      const double begun = std::floor(static_cast<double>(plan.days) * 0.5 *
                                      static_cast<double>(c) / static_cast<double>(plan.cards));
      cards_.push_back({.begun = begun, .next = begun, .interval = 0.0});
    }
  }

  void live(RegimeRow& row) {
    for (std::size_t day = 0; day < plan_.days; ++day) {
      for (std::uint32_t c = 0; c < cards_.size(); ++c) {
        const auto now = static_cast<double>(day);
        if (now < cards_[c].begun) continue;
        if (now > cards_[c].begun) {
          row.mean_recall += truth_->p_recall(c, now);
          ++days_;
        }
        if (now >= cards_[c].next) review(c, now, row);
      }
    }
    for (std::uint32_t c = 0; c < cards_.size(); ++c) {
      row.remembered += truth_->p_recall(c, static_cast<double>(plan_.days));
    }
  }
  double days() const { return days_; }

 private:
  void review(std::uint32_t c, double now, RegimeRow& row) {
    SimulatedCard& card = cards_[c];
    const bool fresh = now == card.begun;
    const bool recalled = rng_.chance(fresh ? plan_.first_recalled : truth_->p_recall(c, now));
    const Review review{.day = now,
                        .end = now,
                        .recalled = recalled,
                        .answers = recalled ? 1U : 2U,  // what was not known is learnt again
                        .right = 1U};
    truth_->observe(c, review);
    believed_->observe(c, review);
    if (!fresh) row.reviews_per_card += 1.0;
    card.interval = regime_.next(*believed_, c, now, card.interval, recalled);
    card.next = now + card.interval;
  }

  std::unique_ptr<Memory> truth_;
  std::unique_ptr<Memory> believed_;
  const Regime& regime_;
  const RegimePlan& plan_;
  Rng rng_;
  std::vector<SimulatedCard> cards_;
  double days_ = 0.0;
};

}  // namespace

std::vector<RegimeRow> compare_regimes(const FittedMemory& truth, const FittedMemory& curve,
                                       const RegimePlan& plan) {
  std::vector<RegimeRow> rows;
  const Rng rng(plan.seed);
  for (const Regime& regime : regimes_of(curve, plan.retention)) {
    RegimeRow row{.regime = regime.name};
    double days = 0.0;
    for (std::size_t u = 0; u < plan.learners; ++u) {
      Life life(truth, regime, plan, rng.fork(u));
      life.live(row);
      days += life.days();
    }
    const auto cards = static_cast<double>(plan.learners * plan.cards);
    row.reviews_per_remembered = row.reviews_per_card / row.remembered;
    row.reviews_per_card /= cards;
    row.remembered /= cards;
    row.mean_recall /= days;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace meno
