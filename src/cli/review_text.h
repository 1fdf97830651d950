// Benchmarks on real logs, of reviews and of choices, as tables for people.
#pragma once

#include <string>

#include "core/json_fwd.h"

namespace meno {

/// Of the document of benchmark_review.
std::string review_text(const Json& document);

/// Of the document of benchmark_replay.
std::string replay_text(const Json& document);

}  // namespace meno
