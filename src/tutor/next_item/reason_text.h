// Reason text: a Reason in words, in both languages. Every number in it is one of the Reason's
// fields.
#pragma once

#include "tutor/next_item/next_item.h"

namespace meno {

/// One or two sentences naming skill, estimate, band and evidence count; below the minimum of
/// evidence they say so instead of giving an estimate.
Text reason_text(const Reason& reason, double p_correct, const TutorCourse& course, TimePoint now,
                 const NextItemRules& rules);

/// Where a student stands on a skill: estimate, band and count, or that there is too little to
/// judge.
Text standing_text(const SkillMastery& mastery);

/// What was supposed before a choice changed.
struct Supposition {
  SkillId skill;
  int answers = 0;  // >= 1
  bool correct = false;
};

/// "Had there been two more right answers on X, the choice would have been Y (Z)."
Text changed_choice_text(const Supposition& supposed, ItemId other, SkillId other_skill,
                         const TutorCourse& course);

/// "Up to three more right or wrong answers on X would not have changed the choice."
Text unchanged_choice_text(SkillId skill, int most_answers, const TutorCourse& course);

}  // namespace meno
