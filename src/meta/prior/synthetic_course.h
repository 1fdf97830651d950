// Synthetic courses: made-up schools that a prior learns from beside the real ones, so that it
// meets more ways to learn, to fail and to try again than a handful of data sets has (domain
// randomisation: Tobin et al. 2017, arXiv:1703.06907). Everything in them is simulated and nothing
// in them is ever scored.
#pragma once

#include "core/rng.h"
#include "domain/course_draw.h"

namespace meno {

/// How one made-up school is. Logits unless said.
struct SchoolTraits {
  std::size_t skills = 20;
  std::size_t items_per_skill = 10;
  double level = 0.8;         // mean of all answers
  double ability_sd = 0.8;    // between students
  double own_skill_sd = 0.4;  // of a student between skills
  double skill_sd = 0.6;      // of difficulty between skills
  double item_sd = 0.6;       // between items of a skill
  double stuck_sd = 0.5;      // of a student on one item, whenever he meets it
  double drift_sd = 0.3;      // of a mood that changes slowly
  double gain_skill = 0.2;    // per doubling of practice on the skill
  double gain_retry = 0.5;    // per wrong answer on the item before
  double gain_repeat = 0.5;   // once the item has been answered right
  double p_guess = 0.1;
  double p_slip = 0.05;
  double p_retry_wrong = 0.0;  // the same item again after a wrong answer
  double p_retry_right = 0.0;  // after a right one
  double p_stay = 0.8;         // the same skill again
  double p_in_order = 0.9;     // the next item, or skill, of the curriculum rather than any
  std::size_t median_answers = 60;
};

/// Traits drawn over wide ranges: from fixed curricula answered once to free practice with as many
/// tries as it takes.
SchoolTraits random_traits(Rng& rng);

/// `students` students of such a school, each with at most `longest` answers, no times. Ids begin
/// at `first_id`.
DrawnCourse synthetic_course(const SchoolTraits& traits, std::size_t students, std::size_t longest,
                             std::size_t first_id, Rng& rng);

}  // namespace meno
