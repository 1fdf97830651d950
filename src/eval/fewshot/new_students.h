// New students: adapt on a student's first k answers, be judged on those that follow, each
// predicted from everything before it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/result.h"
#include "domain/split.h"
#include "eval/fewshot/round.h"

namespace meno {

/// Answers [from, to) of a history, counted from 0.
struct Stage {
  std::size_t answers = 0;  // k: the support is the first k answers
  std::size_t from = 0;     // at least k
  std::size_t to = 0;
};

/// Answers from here on are scored as a band of their own: does adapting early harm late?
inline constexpr std::size_t kLate = 50;

/// A round of students with more than `stage.from` answers. Band 0 is the stage; with `late`, band
/// 1 are answers from max(kLate, from) on. Errors: InvalidInput when no test student is left.
Result<Round> student_round(const SplitSource& source, const Split& split, const Stage& stage,
                            bool late, std::shared_ptr<const StudentModel> model);

}  // namespace meno
