// Recommend: the next items for one student, each with its reason, and its exercise where the
// course has texts.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "service/services.h"
#include "teach/bank/bank.h"
#include "tutor/next_item/next_item.h"

namespace meno {

/// A recommendation together with the concrete exercise.
struct NextItem {
  Recommendation choice;
  std::uint32_t variant = 0;
  std::optional<ItemContent> content;             // absent when the course has no texts
  std::optional<BeliefBand> band = std::nullopt;  // of p_correct, where the run has a posterior
};

struct RecommendNext {
  std::string_view course_id;
  std::string_view student_id;
  std::size_t count = 1;
};

struct Recommendations {
  std::shared_ptr<const LiveCourse> course;  // the version that says so
  std::vector<NextItem> items;
};

/// Best first. Errors: NotFound (course, student), Unavailable.
Result<Recommendations> recommend_next(Services& services, const RecommendNext& ask);

/// What next_for() is asked.
struct NextWanted {
  TimePoint now = kNoTime;
  std::size_t count = 1;
  bool counterfactual = true;  // of the first: some six rankings more
};

/// The same for a state that the caller holds. Errors: those of the item bank, which would be a
/// defect.
Result<std::vector<NextItem>> next_for(std::string_view student_id, const LearnerState& state,
                                       const NextWanted& wanted);

}  // namespace meno
