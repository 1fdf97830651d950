// Times on the wire: ISO 8601, UTC, milliseconds.
#pragma once

#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// "2026-11-23T21:00:00.000Z".
std::string iso_time(TimePoint time);

/// Reads "YYYY-MM-DDTHH:MM:SS[.fraction]Z" from 1970 to 9999. Errors: InvalidInput naming `where`.
Result<TimePoint> parse_iso_time(std::string_view text, std::string_view where);

}  // namespace meno
