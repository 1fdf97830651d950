// Regimes of review side by side on simulated learners: how many reviews each remembered card
// costs. Every figure here is simulated.
#pragma once

#include <string_view>
#include <vector>

#include "tutor/review/forgetting.h"

namespace meno {

/// A fitted model: of the truth, or of what a regime believes.
struct FittedMemory {
  const ForgettingEntry* model = nullptr;
  std::vector<double> theta;
};

struct RegimePlan {
  std::size_t learners = 10;
  std::size_t cards = 100;  // of each, begun one a day, two a day ... within the first half
  std::size_t days = 180;
  double retention = 0.9;
  double first_recalled = 0.7;  // of new cards known at the first look
  std::uint64_t seed = 0;
};

struct RegimeRow {
  std::string_view regime;
  double reviews_per_card = 0.0;
  double remembered = 0.0;              // mean true recall of all cards on the last day
  double reviews_per_remembered = 0.0;  // reviews / cards remembered then
  double mean_recall = 0.0;             // true recall over all begun cards and days
};

/// Meno's curve at the retention, SuperMemo's intervals, doubling intervals and reviews every 3, 7,
/// 14 and 30 days, all on learners whose memory follows `truth`, which no regime sees.
std::vector<RegimeRow> compare_regimes(const FittedMemory& truth, const FittedMemory& curve,
                                       const RegimePlan& plan);

}  // namespace meno
