// What an answer must be before it is recorded, alone or in a batch.
#pragma once

#include <optional>

#include "service/record_answer.h"

namespace meno {

/// An answer as it is to be stored, and its grade where it was graded here.
struct CheckedAnswer {
  StoredAnswer answer;
  std::optional<Grade> grade;
};

/// Grades a response; the time of an answer without one is `now`. Errors: NotFound (item);
/// InvalidInput for a response to an item without text, one that cannot be graded, and a time that
/// has not come.
Result<CheckedAnswer> checked_answer(const LiveCourse& course, const RecordAnswer& ask,
                                     TimePoint now);

/// Errors: InvalidInput, naming `field`, for a time later than a clock that runs ahead of ours may
/// tell: 10 minutes.
Result<Done> check_has_come(std::string_view field, std::optional<TimePoint> at, TimePoint now);

}  // namespace meno
