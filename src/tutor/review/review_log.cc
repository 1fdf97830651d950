#include "tutor/review/review_log.h"

#include <algorithm>
#include <unordered_map>

namespace meno {
namespace {

double days_of(TimePoint at) {
  return std::chrono::duration<double, std::ratio<86400>>(at.time_since_epoch()).count();
}

/// Collects answers, in order of time, into sittings.
class Sittings {
 public:
  void add(std::uint32_t card, double day, bool right) {
    const auto [open, fresh] = open_.try_emplace(card, log_.reviews.size());
    if (!fresh) {
      Review& last = log_.reviews[open->second].review;
      if (day - last.end < kSittingGapDays) {
        last.end = day;
        ++last.answers;
        last.right += right ? 1U : 0U;
        return;
      }
      open->second = log_.reviews.size();
    }
    log_.reviews.push_back(
        {.card = card,
         .review = {
             .day = day, .end = day, .recalled = right, .answers = 1, .right = right ? 1U : 0U}});
  }
  ReviewLog take() { return std::move(log_); }

 private:
  ReviewLog log_;
  std::unordered_map<std::uint32_t, std::size_t> open_;  // card -> its latest review
};

}  // namespace

ReviewLog review_log_of(const Sequence& answers, ReviewUnit unit) {
  std::vector<std::size_t> order;
  for (std::size_t t = 0; t < answers.size(); ++t) {
    if (answers[t].at != kNoTime) order.push_back(t);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return answers[a].at < answers[b].at; });
  Sittings sittings;
  for (const std::size_t t : order) {
    const Event event = answers[t];
    const bool right = event.correct >= 0.5F;
    if (unit == ReviewUnit::Item) {
      sittings.add(event.item.value, days_of(event.at), right);
      continue;
    }
    for (const SkillId skill : event.skills) sittings.add(skill.value, days_of(event.at), right);
  }
  return sittings.take();
}

}  // namespace meno
