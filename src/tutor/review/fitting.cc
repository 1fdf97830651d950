#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "core/minimise.h"
#include "tutor/review/forgetting.h"

namespace meno {

double surprise_of(const ForgettingEntry& model, std::span<const double> theta,
                   std::span<const ReviewSpan> spans) {
  double nats = 0.0;
  for (const ReviewSpan& span : spans) {
    const std::unique_ptr<Memory> memory = model.begin(theta);
    std::unordered_set<std::uint32_t> met;
    for (std::size_t i = 0; i < span.to; ++i) {
      const CardReview& next = span.log->reviews[i];
      const bool again = !met.insert(next.card).second;
      if (again && i >= span.from) {
        const double p_recall = memory->p_recall(next.card, next.review.day);
        nats -= std::log(next.review.recalled ? p_recall : 1.0 - p_recall);
      }
      memory->observe(next.card, next.review);
    }
  }
  return nats;
}

std::vector<double> fit_forgetting(const ForgettingEntry& model, std::span<const ReviewSpan> spans,
                                   std::span<const double> centre, double precision) {
  if (model.start.empty()) return {};
  return minimise(
      [&](std::span<const double> theta) {
        double value = surprise_of(model, theta, spans);
        for (std::size_t i = 0; i < theta.size(); ++i) {
          value += 0.5 * precision * (theta[i] - centre[i]) * (theta[i] - centre[i]);
        }
        return value;
      },
      centre);
}

}  // namespace meno
