// What should worry the user of a dataset before any figure on it is believed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/text.h"
#include "domain/split.h"

namespace meno {

struct Warning {
  std::string code;       // e.g. "copy_leak"
  Text text;              // one sentence: what was counted, and what to do about it
  std::size_t count = 0;  // answers, students or items concerned
};

/// Counts that only warnings need, taken in the pass over the answers.
struct Suspicions {
  std::size_t answers = 0;
  std::size_t students = 0;
  std::size_t repeats = 0;            // the item of the answer before
  std::size_t agreeing_repeats = 0;   // with the same result
  std::size_t duplicated_rows = 0;    // repeats with the same time and result
  std::size_t constant_students = 0;  // all right or all wrong in at least 10 answers
  std::size_t twin_students = 0;      // the same history of at least 10 answers as another student
  std::size_t twins_across_splits = 0;  // of these, in another part of the source's split
  std::size_t without_skills = 0;       // answers
  std::size_t constant_items = 0;       // all right or all wrong in at least 10 answers
  std::size_t single_answer_items = 0;
  std::size_t items = 0;
  std::size_t without_time = 0;        // answers
  std::size_t backward_times = 0;      // before the student's answer before
  std::size_t impossible_times = 0;    // before 1990 or after now
  std::size_t bad_response_times = 0;  // negative, or above an hour
};

/// In order of how much harm each does.
std::vector<Warning> warnings_of(const Suspicions& found);

/// Looks for twins: students whose histories are the same answer for answer. Fills twin_students
/// and twins_across_splits.
void look_for_twins(const SplitSource& source, Suspicions& found);

}  // namespace meno
