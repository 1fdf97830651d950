// Review logs: answers to cards (items or skills) as sittings, which is what forgetting models are
// fitted on and judged by. Dataset -> ReviewLog -> Forgetting -> p_recall.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "domain/sequence.h"

namespace meno {

/// Answers to one card closer than this belong to one sitting: what a second look after a few
/// minutes shows is not memory over days. A night's sleep is longer.
inline constexpr double kSittingGapDays = 8.0 / 24.0;

/// One card in one sitting. The first answer tells whether it was still known; the later ones of
/// the same sitting are practice.
struct Review {
  double day = 0.0;  // of the first answer, in days since 1970, UTC
  double end = 0.0;  // of the last answer
  bool recalled = false;
  std::uint32_t answers = 1;
  std::uint32_t right = 0;
};

struct CardReview {
  std::uint32_t card = 0;
  Review review;
};

/// One learner's sittings, oldest first by `day`. A review that is not the card's first is a test
/// of memory: what models are scored on.
struct ReviewLog {
  std::vector<CardReview> reviews;
};

/// What counts as one card.
enum class ReviewUnit { Item, Skill };

/// The learner's sittings. Answers without a time are left out; a soft answer from .5 on is right.
ReviewLog review_log_of(const Sequence& answers, ReviewUnit unit);

/// The part of a log before review `to`, of which the tests of memory from review `from` on count.
struct ReviewSpan {
  const ReviewLog* log = nullptr;
  std::size_t from = 0;
  std::size_t to = 0;
};

}  // namespace meno
