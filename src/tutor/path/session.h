// Session: one policy with one simulated student, step by step, and what the judge saw.
#pragma once

#include <vector>

#include "tutor/path/errand.h"
#include "tutor/path/policy.h"

namespace meno {

/// What the judge saw of one session.
struct Session {
  double start = 0.0;  // mean true P(right) over the goals
  double end = 0.0;
  double wasted = 0.0;  // answers on skills that were mastered already
  double answers = 0.0;
  double left_early = 0.0;  // changes away from a skill not mastered
  double changes = 0.0;
  double deciding_s = 0.0;  // wall time in next()
  double minutes = 0.0;     // the student's, until all goals were mastered or to the end
  bool finished = false;
  std::vector<std::pair<double, double>> mastered;  // (minutes, share of goals mastered)
};

struct SessionRules {
  std::size_t steps = 20;
  double mastery_at = 0.70;
  bool race = false;  // ends when every goal is mastered, and the policy is told of mastery_at
};

/// `environment` is reset to the errand's student. Deterministic but for deciding_s.
Session run_session(const PathWorld& world, const PolicyEntry& policy, const Errand& errand,
                    PracticeEnvironment& environment, const SessionRules& rules);

}  // namespace meno
