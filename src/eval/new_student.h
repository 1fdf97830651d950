// New students: how well are the next answers foreseen when only k have been seen? With the shared
// parameters, and with parameters adapted to the student on those k.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "eval/bootstrap.h"
#include "meta/adapt.h"
#include "models/student_model.h"

namespace meno {

/// Answers seen before scoring.
inline constexpr std::array<std::size_t, 6> kAnswersSeen = {0, 1, 3, 5, 10, 20};
/// Answers k+1 .. k+10 are each predicted from the first k alone: none of them is fed before the
/// others.
inline constexpr std::size_t kAnswersAhead = 10;

struct AfterAnswers {
  std::size_t k = 0;
  std::size_t students = 0;  // those with more than k answers
  std::size_t scored = 0;
  std::vector<Measured> measured = {};  // with the shared parameters
  std::vector<Measured> adapted =
      {};  // with parameters adapted on the k answers; empty if the learner does not
  std::vector<Measured> same_students =
      {};  // shared parameters, only students with at least 20 + 10 answers
  std::size_t same_students_count = 0;
};

/// One row per k of kAnswersSeen. `inner` is the learner's inner loop; absent or of 0 steps: no
/// adaptation. Deterministic whatever the threads.
std::vector<AfterAnswers> after_few_answers(const StudentModel& model, ParamView theta,
                                            const std::optional<InnerLoop>& inner,
                                            std::span<const ScoredWindow> students,
                                            const Bootstrap& bootstrap);

}  // namespace meno
