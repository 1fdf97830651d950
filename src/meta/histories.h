// Histories: students' answers as the windows that training is computed on.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "domain/sequence.h"
#include "models/student_model.h"

namespace meno {

/// Whole histories, one per student who has answered, with a cross-fitting fold each: students are
/// dealt to folds in a seeded order. `folds` 0: none.
std::vector<Window> histories_of(const std::vector<Sequence>& students, int folds,
                                 std::uint64_t seed);

/// The training windows of all histories: at most `rows` scored answers each (0: all). All that
/// went before is counted as evidence; a recurrent state starts with the window, or with
/// `carry_context` at the student's first answer.
std::vector<Window> cut(const std::vector<Window>& histories, std::size_t rows, bool carry_context);

/// In the order of the windows.
std::vector<std::unique_ptr<const Encoded>> encode_all(const StudentModel& model,
                                                       const std::vector<Window>& windows,
                                                       std::size_t threads);

}  // namespace meno
