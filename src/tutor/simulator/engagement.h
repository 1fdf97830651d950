// Engagement: how long answers take and when students stop, fitted to real records and shared by
// all learner families, which only say what is known.
//
//   log seconds = skill's mean + wrong (if wrong) + the student's pace + noise
//   P(stop after an answer) = one rate after a right answer, one after a wrong one
//
// Sources: log-normal response times, van der Linden 2006 (JEBS 31); constant hazards by the last
// outcome are ours.
#pragma once

#include <span>
#include <vector>

#include "core/rng.h"
#include "domain/course.h"
#include "domain/sequence.h"

namespace meno {

struct Engagement {
  bool timed = false;         // false: the source gave no response times and 30 s are assumed
  std::vector<double> log_s;  // [S] mean of log seconds
  double wrong = 0.0;         // what a wrong answer adds to it
  double pace_sd = 0.3;       // between students
  double noise_sd = 0.5;      // between answers of one
  double stop_after_right = 0.01;
  double stop_after_wrong = 0.01;
};

/// Shrinks a skill with few answers to the mean over all. The end of a record counts as stopping.
Engagement fit_engagement(const Course& course, std::span<const Sequence> students);

/// The mean seconds of an answer on `skill`, over students and outcomes.
double expected_seconds(const Engagement& engagement, SkillId skill);

}  // namespace meno
