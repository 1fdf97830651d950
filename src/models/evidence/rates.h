// Rates: what the course statistics hold of a target's contexts, and the smoothed rates of right
// answers and Elo forecasts that follow.
#pragma once

#include <array>
#include <cstddef>

#include "models/evidence/keys.h"

namespace meno::evidence {

/// (right, all) of a count table's key, (sum y - p, sum p (1 - p)) of a residual table's.
struct Entry {
  float first = 0.0F;
  float second = 0.0F;
};

/// What the tables hold under a target's keys.
struct Lookups {
  void set_count(std::size_t k, const Entry& entry) {
    right[k] = entry.first;
    all[k] = entry.second;
  }
  void set_residual(std::size_t k, const Entry& entry) {
    residual[k] = entry.first;
    variance[k] = entry.second;
  }

  float base = .5F;                    // share of right answers in the course
  std::array<float, kCounts> right{};  // answers of training students that were right
  std::array<float, kCounts> all{};
  std::array<float, kResiduals> residual{};  // sum of y - p
  std::array<float, kResiduals> variance{};  // sum of p (1 - p)
};

/// Smoothed rates of right answers per count table, as logits, and the Elo logits built on them.
struct Rates {
  float skill, item, item_attempt, item_after, skill_recent, skill_attempt, item_run,
      skill_run;  // logits
  float p_skill, p_item;
  float context;   // item_after + item_attempt - item
  float elo_slow;  // item + slow abilities
  float elo_fast;  // run or attempt rate + fast abilities
};

Rates rates_of(const StudentState& student, const Situation& situation, const Lookups& lookups);
/// One half of them each: first those of the skills, which the item's are built on.
void set_skill_rates(const Lookups& looked, Rates& r);
void set_item_rates(const StudentState& student, const Situation& situation, const Lookups& looked,
                    Rates& r);
Forecast forecast_of(const Rates& rates);

}  // namespace meno::evidence
