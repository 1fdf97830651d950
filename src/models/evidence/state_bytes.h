// StudentState as bytes, for snapshots. The layout is private to one schema version; a snapshot of
// another is refused and the state is rebuilt from the stored answers instead.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "models/evidence/student_state.h"

namespace meno::evidence {

std::string to_bytes(const StudentState& student);

/// Reads a state from the front of `bytes` and removes it. Errors: InvalidInput when cut or of
/// another version.
Result<StudentState> take_state(std::string_view& bytes);

}  // namespace meno::evidence
