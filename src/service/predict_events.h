// Use case: events as JSON Lines -> the probability of each answer before it was given, as JSON
// Lines.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>

#include "core/result.h"

namespace meno {

struct PredictEvents {
  std::filesystem::path run;
  bool adapt = false;  // adapt theta to each student from his own answers, again whenever he has
                       // twice as many
};

/// Reads {"student_id", "item_id", "skills"?: [names], "correct"?, "answered_at"?, "response_ms"?}
/// a line and writes
/// {"student_id","item_id","p_correct"} a line, in order, each before its own answer is taken into
/// account; a line without "correct" asks only. Unknown items and skills are predicted as such.
/// Memory grows with students, not with lines, unless `adapt` is set. Returns the number of events.
/// Errors: as load_run; InvalidInput naming the line that cannot be read; what came before it has
/// been written.
Result<std::uint64_t> predict_events(const PredictEvents& ask, std::istream& in, std::ostream& out);

}  // namespace meno
