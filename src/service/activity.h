// ServiceActivity: what became of answers since the server started, counted where it is decided.
// For whoever watches the server (http/server_metrics.h).
#pragma once

#include <atomic>
#include <cstdint>

#include "core/tally.h"

namespace meno {

/// Thread-safe. Answers that never reached a use case (a body that cannot be read, a caller who may
/// not) are in none of these: they are refused requests.
struct ServiceActivity {
  std::atomic<std::uint64_t> recorded{0};
  std::atomic<std::uint64_t> repeated{0};  // under an event id that was there with the same content
  std::atomic<std::uint64_t> refused{0};
  Tally batch_answers{kTallySizes};  // lines of one batch
};

}  // namespace meno
