// What is in a dataset: counts, distributions and what should worry its user. One pass over the
// columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "domain/course.h"
#include "domain/split.h"
#include "eval/profile/histogram.h"
#include "eval/profile/warnings.h"

namespace meno {

/// Answers in one stretch of time.
struct Activity {
  std::string unit;   // "day", "week", "month", "year"; empty without times
  Histogram answers;  // named by the first day of the stretch, UTC
  TimePoint first = kNoTime;
  TimePoint last = kNoTime;
};

struct DatasetProfile {
  std::string name;
  std::string hash;
  std::size_t students = 0;
  std::size_t items = 0;
  std::size_t skills = 0;
  std::size_t answers = 0;
  std::size_t student_item_pairs = 0;  // distinct
  double sparsity = 0.0;               // share of all student-item pairs without an answer
  double p_correct = 0.0;
  std::size_t soft_answers = 0;  // strictly between 0 and 1
  std::size_t answers_without_skills = 0;
  std::size_t answers_with_several_skills = 0;
  Distribution answers_per_student;
  Distribution answers_per_item;
  Distribution answers_per_skill;
  Histogram student_p_correct;  // students with at least 10 answers, 20 bins
  Histogram item_p_correct;     // items with at least 10 answers, 20 bins: easy on the right
  Distribution response_s;      // seconds; of 0 answers without response times
  Activity activity;
  std::vector<std::pair<std::string, std::size_t>>
      split_students;  // the source's labels and their students
  std::vector<Warning> warnings;
};

/// `now` tells times of the future from others.
DatasetProfile profile_of(const std::string& name, const std::string& hash, const Course& course,
                          const SplitSource& source, TimePoint now);

/// Students and items with fewer answers say too little about their rate.
inline constexpr std::size_t kEnoughAnswers = 10;

}  // namespace meno
