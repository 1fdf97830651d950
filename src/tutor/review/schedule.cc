#include "tutor/review/schedule.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr double kLongestDays = 3650.0;
constexpr int kHalvings = 40;  // ten years to below a second

/// Monday 0; 1970 began on a Thursday.
std::size_t weekday(std::int64_t day) { return static_cast<std::size_t>(((day + 3) % 7 + 7) % 7); }

/// Where work goes: the days from `today`.
class Days {
 public:
  Days(std::int64_t today, const ReviewRules& rules)
      : today_(today), rules_(rules), load_(rules.days, 0) {}

  /// Within [first, last] the day with the least work for its share, the nearest to `wanted` among
  /// equals; else the next after that still takes some; nothing beyond the schedule.
  std::optional<std::int64_t> place(std::int64_t first, std::int64_t last, double wanted) {
    const std::int64_t end = today_ + static_cast<std::int64_t>(load_.size());
    std::optional<std::int64_t> best;
    for (std::int64_t day = first; day <= std::min(last, end - 1); ++day) {
      if (takes(day) && (!best || better(day, *best, wanted))) best = day;
    }
    for (std::int64_t day = last + 1; !best && day < end; ++day) {
      if (takes(day)) best = day;
    }
    if (best) ++load_[at(*best)];
    return best;
  }
  std::vector<std::size_t> take() { return std::move(load_); }

 private:
  std::size_t at(std::int64_t day) const { return static_cast<std::size_t>(day - today_); }
  double share(std::int64_t day) const { return rules_.share[weekday(day)]; }
  bool takes(std::int64_t day) const {
    if (share(day) <= 0.0) return false;
    const double most = std::ceil(static_cast<double>(rules_.most) * share(day));
    return rules_.most == 0 || static_cast<double>(load_[at(day)]) < most;
  }
  double work(std::int64_t day) const {
    return static_cast<double>(load_[at(day)] + 1) / share(day);
  }
  bool better(std::int64_t day, std::int64_t than, double wanted) const {
    if (work(day) != work(than)) return work(day) < work(than);
    return std::abs(static_cast<double>(day) - wanted) <
           std::abs(static_cast<double>(than) - wanted);
  }

  std::int64_t today_;
  const ReviewRules& rules_;
  std::vector<std::size_t> load_;
};

}  // namespace

Result<Done> check_rules(const ReviewRules& rules) {
  if (!(rules.retention >= 0.5 && rules.retention <= 0.99)) {
    return invalid_input(
        fmt::format("a retention of {}, expected one from .5 to .99", rules.retention));
  }
  if (rules.days < 1 || rules.days > 365) {
    return invalid_input(fmt::format("{} days, expected 1 to 365", rules.days));
  }
  const auto in_range = [](double share) { return share >= 0.0 && share <= 1.0; };
  const bool any =
      std::any_of(rules.share.begin(), rules.share.end(), [](double share) { return share > 0.0; });
  if (any && std::all_of(rules.share.begin(), rules.share.end(), in_range)) return Done{};
  return invalid_input(
      fmt::format("weekdays of which {} take reviews, expected shares from 0 to 1, one above 0",
                  any ? "some" : "none"));
}

double due_at(const Memory& memory, std::uint32_t card, double end, double retention) {
  const double least = retention * memory.p_recall(card, end);
  double low = 0.0;
  double high = kLongestDays;
  if (memory.p_recall(card, end + high) >= least) return end + high;
  for (int k = 0; k < kHalvings; ++k) {
    const double middle = 0.5 * (low + high);
    (memory.p_recall(card, end + middle) >= least ? low : high) = middle;
  }
  return end + low;
}

ReviewSchedule schedule_reviews(const Memory& memory, std::span<const ReviewedCard> cards,
                                double now, const ReviewRules& rules) {
  const auto today = static_cast<std::int64_t>(std::floor(now));
  struct Waiting {
    ScheduledReview review;
    double interval;
  };
  std::vector<Waiting> waiting;
  for (const ReviewedCard& card : cards) {
    const double due = due_at(memory, card.card, card.end, rules.retention);
    waiting.push_back({{.card = card.card,
                        .p_recall = memory.p_recall(card.card, now),
                        .due = due,
                        .day = 0,
                        .p_recall_then = 0.0},
                       due - card.end});
  }
  std::stable_sort(waiting.begin(), waiting.end(), [now](const Waiting& a, const Waiting& b) {
    const double due_a = std::max(now, a.review.due);
    const double due_b = std::max(now, b.review.due);
    return due_a != due_b ? due_a < due_b : a.review.p_recall < b.review.p_recall;
  });
  ReviewSchedule schedule;
  Days days(today, rules);
  for (const Waiting& one : waiting) {
    const double wanted = std::max(static_cast<double>(today), std::floor(one.review.due));
    const double play = std::min(rules.slack * one.interval, kLongestDays);
    const auto first =
        std::max(today, static_cast<std::int64_t>(std::floor(one.review.due - play)));
    const auto last = std::max(first, static_cast<std::int64_t>(std::floor(one.review.due + play)));
    const std::optional<std::int64_t> day = days.place(first, last, wanted);
    if (!day) {
      ++schedule.later;
      continue;
    }
    schedule.reviews.push_back(one.review);
    schedule.reviews.back().day = *day;
    schedule.reviews.back().p_recall_then =
        memory.p_recall(one.review.card, static_cast<double>(*day + 1));
  }
  std::stable_sort(schedule.reviews.begin(), schedule.reviews.end(),
                   [](const ScheduledReview& a, const ScheduledReview& b) {
                     return a.day != b.day ? a.day < b.day : a.p_recall < b.p_recall;
                   });
  schedule.load = days.take();
  return schedule;
}

}  // namespace meno
