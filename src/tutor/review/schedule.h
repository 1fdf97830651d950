// The schedule of reviews: when each card's recall will have fallen to what is wanted, and on which
// day to review it so that no day is crowded and easy days stay easy.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.h"
#include "tutor/review/forgetting.h"

namespace meno {

struct ReviewRules {
  /// A card is due when its recall has fallen to this share of what it was after its last review.
  /// A share, because a skill's fresh items are not all answered right however recent the practice.
  double retention = 0.9;
  std::size_t days = 14;  // of the schedule; the first is today
  /// How much of a usual day's work each weekday may get, Monday first: 1 usual, 0 none.
  std::array<double, 7> share{1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
  std::size_t most = 0;  // reviews on a usual day; 0: any number
  double slack = 0.1;    // a review may come earlier or later by so much of its interval
};

/// Errors: InvalidInput for a retention outside [.5, .99], days outside [1, 365], a share outside
/// [0, 1] or none above 0.
Result<Done> check_rules(const ReviewRules& rules);

/// A card that has been reviewed.
struct ReviewedCard {
  std::uint32_t card = 0;
  double end = 0.0;  // of its last review, days since 1970
};

struct ScheduledReview {
  std::uint32_t card = 0;
  double p_recall = 0.0;       // now
  double due = 0.0;            // when recall falls to the retention; not before the last review
  std::int64_t day = 0;        // whole days since 1970 of the day it is put on
  double p_recall_then = 0.0;  // at the end of that day
};

struct ReviewSchedule {
  std::vector<ScheduledReview> reviews;  // those within `days`, by day, then least recall first
  std::vector<std::size_t> load;         // [days]
  std::size_t later = 0;                 // cards that are due after
};

/// The last moment at which `card` is recalled with at least `retention` times its recall at the
/// `end` of its last review, at most ten years later.
double due_at(const Memory& memory, std::uint32_t card, double end, double retention);

/// From `now` on, in days since 1970. Cards are put, most urgent first, on the day within their
/// slack that has the least work for its share; where all are full or of no share, on the next that
/// is not.
ReviewSchedule schedule_reviews(const Memory& memory, std::span<const ReviewedCard> cards,
                                double now, const ReviewRules& rules);

}  // namespace meno
