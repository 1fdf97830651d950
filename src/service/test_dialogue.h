// How a test's questions reach a student and answers come back: a terminal, or a script's lines.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>

#include "core/result.h"
#include "service/test_course.h"

namespace meno {

/// Whether the answer to an item is right; nullopt ends the test.
using AnswerSource = std::function<Result<std::optional<bool>>(ItemId item)>;

/// Writes each question and reads its answer: the exercise itself where the course has content
/// (graded here), else its name, to be answered "1" or "0". "q" or the end of input ends the test.
/// `course` and the streams must outlive it.
AnswerSource spoken_answers(const TestCourse& course, bool chinese, std::istream& in,
                            std::ostream& out);

/// Reads {"item_id", "correct"} a line until the end; a later line about an item replaces an
/// earlier one. Blank lines are skipped. Errors: InvalidInput naming the line; NotFound for an item
/// that the course does not have.
Result<AnswerSheet> scripted_answers(const Course& course, std::istream& in);

}  // namespace meno
