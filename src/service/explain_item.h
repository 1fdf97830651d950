// Use case: why this item, in full: the reason, what the prediction is made of, and what an answer
// to it would change.
#pragma once

#include <string_view>

#include "service/recommend_next.h"
#include "tutor/explain/explanation.h"
#include "tutor/explain/what_if.h"

namespace meno {

struct ExplainItem {
  std::string_view course_id;
  std::string_view student_id;
  std::string_view item_id = {};  // "": the one that is recommended now
};

struct ItemExplanation {
  std::shared_ptr<const LiveCourse> course;  // the version that says so
  ItemId item;
  ItemId recommended;  // what is recommended now, perhaps the same
  Reason reason;       // of `item`; its counterfactual is empty unless `item` is recommended
  Explanation explanation;
  WhatIf if_right;  // the next answer, on `item`
  WhatIf if_wrong;
};

/// Errors: NotFound (course, student, item); InvalidInput for an item without a skill, or a course
/// without items; Unavailable.
Result<ItemExplanation> explain_item(Services& services, const ExplainItem& ask);

struct WhatIfAsk {
  std::string_view course_id;
  std::string_view student_id;
  std::string_view skill_id = {};  // exactly one of skill and item
  std::string_view item_id = {};
  int answers = 1;  // 1 to kMostSupposed
  bool correct = true;
};

inline constexpr int kMostSupposed = 50;

struct WhatIfReply {
  std::shared_ptr<const LiveCourse> course;  // the version that says so
  WhatIf what;
};

/// On a skill, answers fall on the items that stand for it, in turn. Errors: as explain_item;
/// InvalidInput for both or neither of skill and item, answers out of range, or a skill without
/// items.
Result<WhatIfReply> what_if(Services& services, const WhatIfAsk& ask);

}  // namespace meno
