// Forgetting: how likely a learner still knows a card, days after he last practised it. One
// interface for Meno's own curve and what it is measured against; the list is models.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tutor/review/review_log.h"

namespace meno {

/// What a model remembers of one learner. Not thread-safe: one owner.
class Memory {
 public:
  virtual ~Memory() = default;
  /// P(right at `day`), in (0, 1), of a card reviewed before, from the reviews observed so far. At
  /// or before the end of its last review: as if at that end. Falls, or stays, as `day` grows.
  virtual double p_recall(std::uint32_t card, double day) const = 0;
  /// The learner's next review, in order of time.
  virtual void observe(std::uint32_t card, const Review& review) = 0;
};

struct ForgettingEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  std::span<const double> start;  // [P] before any data; empty: nothing is fitted
  double precision;  // of a normal prior around `start`, from which a population is fitted
  bool adapts;       // theta is fitted again to the learner, the population's as his prior
  std::unique_ptr<Memory> (*begin)(std::span<const double> theta);
};

std::span<const ForgettingEntry> forgetting_registry();

/// Errors: InvalidInput naming the models there are.
Result<const ForgettingEntry*> find_forgetting(std::string_view name);

/// Surprise in nats, summed over the counted tests of memory, each foreseen from what came before.
double surprise_of(const ForgettingEntry& model, std::span<const double> theta,
                   std::span<const ReviewSpan> spans);

/// argmin over theta of surprise + precision / 2 |theta - centre|^2: the mode of the posterior.
/// [P].
std::vector<double> fit_forgetting(const ForgettingEntry& model, std::span<const ReviewSpan> spans,
                                   std::span<const double> centre, double precision);

}  // namespace meno
