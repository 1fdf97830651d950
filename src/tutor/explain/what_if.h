// What-if: a student as he would stand after answers that never happened.
#pragma once

#include <span>
#include <vector>

#include "tutor/next_item/next_item.h"

namespace meno {

/// `answers` answers, all right or all wrong, on `items` in turn (K >= 1), now.
struct Supposed {
  std::span<const Target> items;
  int answers = 1;
  bool correct = true;
};

struct WhatIf {
  int answers = 1;
  bool correct = true;
  std::vector<SkillMastery> before;  // of the items' skills, ascending
  std::vector<SkillMastery> after;   // the same skills
  double p_before = 0.5;             // P(right) on the first item
  double p_after = 0.5;
  std::vector<Recommendation> next;  // the one that would then be chosen; empty without items
};

/// A clone of the tracker and a copy of the record take the answers as if they had happened, so all
/// that follows from them is what the tutor would then do.
WhatIf what_if(const Learner& learner, const TutorCourse& course, const Supposed& supposed);

}  // namespace meno
