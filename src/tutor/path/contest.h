// Contest: policies side by side on simulated students, judged by what the students truly know.
//
// Real students are parted in three: on one part the learner families are fitted, on another what
// every policy may know (the planner's model, the course's order, suggested prerequisites where the
// course names none), and the third says how real each family is and lends its first answers to the
// simulated. So a policy and a judge share no student, and the planner's own family ("built on") is
// told apart in every table.
//
//   E_p = (end - start) / (1 - start), of the mean P(right) over the goals' exams: 1 is full marks.
//
// Over students as a ratio of sums; intervals by drawing students with replacement. Source: E_p of
// Liu et al. 2019 (KDD, CSEAL); 1 - start is their full score less the start.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "tutor/graph/suggest.h"
#include "tutor/path/errand.h"
#include "tutor/simulator/realism.h"

namespace meno {

struct ContestPlan {
  std::vector<std::size_t> steps{5, 10, 20};
  int repeats = 5;                    // of parting, fitting and drawing
  std::size_t students = 60;          // simulated, of each family and repeat
  std::size_t fitted = 1500;          // real students at most in each of the first two parts
  std::size_t held_out = 200;         // in the third
  std::size_t longest = 60;           // answers in the race to mastery
  double mastery_at = 0.70;           // true P(right) from which a skill counts as mastered
                                      // (MasteryRules::mastered_low)
  std::vector<std::string> policies;  // empty: all
  std::vector<std::string> families;  // empty: additive, states, memory, gru
  ErrandRules errands = {};
  int epochs = 12;
  std::uint64_t seed = 0;
  int threads = 1;
  int resamples = 500;
};

/// Of all students, and 95 % of the resamples of them.
struct Estimate {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// One policy in one family after so many answers.
struct ContestRow {
  std::string policy;
  std::string family;
  bool built_on = false;  // the planner's own family
  std::size_t steps = 0;
  Estimate e_p;
  Estimate plan_gain;  // E_p of plan less this, on the same resamples; 0 for plan
  double start = 0.0;
  double end = 0.0;
  double wasted = 0.0;     // share of answers on what was mastered already
  double premature = 0.0;  // share of changes of skill that left one not mastered
  double e_p_weak = 0.0;   // of the half that began lower
  double e_p_strong = 0.0;
  double seconds_per_plan = 0.0;  // wall, of one decision
};

/// One policy in one family in the race to mastery of every goal.
struct RaceRow {
  std::string policy;
  std::string family;
  bool built_on = false;
  Estimate minutes;        // to mastery, at most the whole race; all students
  double finished = 0.0;   // share of students
  Estimate mastered;       // share of goals mastered at half the mean time of fixed
  Estimate time_saved;     // against fixed, share of its minutes, of students whom either finished
  Estimate mastered_gain;  // against fixed, share of what it has mastered by then
};

struct FamilyReport {
  std::string family;
  bool built_on = false;
  int repeat = 0;
  Realism realism;
  double seconds = 0.0;  // of fitting
};

struct ContestReport {
  std::vector<ContestRow> rows;
  std::vector<RaceRow> races;
  std::vector<FamilyReport> families;
  std::size_t suggested_edges = 0;  // of the last repeat
  bool timed = false;               // real response times were known
};

/// The family whose model the planner's belief is.
inline constexpr std::string_view kPlannerFamily = "additive";

/// Errors: InvalidInput for an unknown policy or family, no steps, too few students (30) or no
/// skill that may be a goal; Unavailable on Ctrl-C; what fitting reports.
Result<ContestReport> run_contest(const Course& course, const SkillGraph& graph,
                                  std::vector<Sequence> students, const ContestPlan& plan);

}  // namespace meno
