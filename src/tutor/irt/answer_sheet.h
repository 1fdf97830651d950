// AnswerSheet: what calibration and tests see of a student: which items, and whether right. Order
// and time play no part.
#pragma once

#include <span>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "domain/course.h"
#include "domain/sequence.h"

namespace meno {

struct SheetAnswer {
  ItemId item;
  bool correct = false;

  friend bool operator==(const SheetAnswer&, const SheetAnswer&) = default;
};

/// One student; every item at most once.
using AnswerSheet = std::vector<SheetAnswer>;

/// The first answer to every item, in order of time; a soft answer above .5 counts as right.
AnswerSheet first_attempts(const Sequence& answers);

/// Whether items can be told apart at all. Errors: InvalidInput for a course without items, sheets
/// without answers, or answers that are all right or all wrong.
Result<Done> check_sheets(const Course& course, std::span<const AnswerSheet> sheets);

/// Items that need the same skills are one group and borrow strength from each other.
struct ItemGroups {
  std::vector<std::uint32_t> of_item;  // [items] in [0, count)
  std::size_t count = 0;
};
ItemGroups item_groups(const Course& course);

}  // namespace meno
