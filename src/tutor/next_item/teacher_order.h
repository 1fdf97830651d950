// Teacher order: which candidates an order of skills set by a teacher leaves for a student now.
#pragma once

#include <span>
#include <vector>

#include "tutor/next_item/next_item.h"

namespace meno {

struct OrderedWork {
  SkillId skill{};        // the one whose turn it is; unknown: the order asks for nothing
  SkillId passed_over{};  // the last one before it that is not mastered, and whose turn is over
  std::vector<ItemId> items{};  // of the candidates, in their order; empty without a skill
};

/// The first skill of `rules.order` that the student has not mastered, whose turn is not over
/// (next_item.h) and that has candidates, and those of them to work on: without a later skill of
/// the order, unless all have one.
OrderedWork ordered_work(const Learner& learner, const TutorCourse& course,
                         std::span<const ItemId> candidates, const NextItemRules& rules);

}  // namespace meno
