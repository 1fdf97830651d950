// Offline replay: real records -> what another choice of the next skill would have gained, by
// inverse propensity and doubly robust estimation. Beside simulation: here the students are real,
// but only choices that were sometimes made can be judged, one at a time.
//
// A decision: which skill a student answers next, among those that the records' own policy chooses
// with at least `least_propensity` (where it hardly ever goes, records say nothing). Its reward:
// over his next `horizon` answers, those on items he has never met, the mean of right minus the
// rate at which other students get that skill right, so that moving on to easy skills earns
// nothing (all answers, where the source tells no items from skills). What is estimated is one
// decision changed, the rest as it was.
//
// Students are cut into two halves; the logging policy, reward model, rates and student model for
// one half are learnt from the other (cross-fitting, Chernozhukov et al. 2018).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "domain/dataset.h"
#include "tutor/replay/estimators.h"

namespace meno {

struct ReplayPlan {
  std::size_t horizon = 10;
  double least_propensity = 0.02;
  std::size_t first_answers = 5;     // of a student, before his first decision
  std::size_t stride = 5;            // answers between decisions looked at
  std::size_t most_students = 1000;  // whole records; 0: all
  int epochs = 3;                    // of training the student model that `meno` ranks by
  std::uint64_t seed = 0;
  int threads = 1;
};

struct ReplayedPolicy {
  std::string name;
  std::string summary;
  std::vector<LoggedDecision> decisions;  // of all policies the same, in the same order
};

struct ReplayReport {
  std::vector<ReplayedPolicy> policies;  // the first is the one that logged
  std::size_t students = 0;              // numbers in LoggedDecision::student are below
  std::size_t choices = 0;               // decisions looked at
  std::size_t unsupported = 0;           // left out: the skill taken was too unlikely
  bool fresh_items_only = true;          // false: items are skills, so that all answers count
  std::size_t unrewarded = 0;            // left out: no fresh item followed
  double mean_choices = 0.0;             // skills among which a decision chose
  double surprise = 0.0;                 // nats of the logging policy at what was chosen
  std::vector<double> propensities;      // of what was chosen, one per decision, not ordered
};

/// Errors: InvalidInput for a course with fewer than two skills, or with no decision that can be
/// replayed; those of training; Unavailable on Ctrl-C.
Result<ReplayReport> replay(const Dataset& dataset, const ReplayPlan& plan);

}  // namespace meno
