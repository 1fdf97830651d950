// What a store has done since it was opened, for whoever watches the server.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/tally.h"

namespace meno {

struct StoreFigures {
  TallyFigures commit_jobs;     // jobs (an answer, a batch, a change) that shared one commit
  TallyFigures commit_seconds;  // from the first statement until durable
  std::size_t waiting = 0;      // jobs that no commit has taken yet
  std::uint64_t refused = 0;    // jobs refused because too many waited, or while stopping
  std::uint64_t failed_commits = 0;
  std::uint64_t failed_reads = 0;  // no connection for reading could be had
};

}  // namespace meno
