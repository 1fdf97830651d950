// What this process has taken of the machine, from proc(5) and getrusage(2).
#pragma once

#include <cstdint>

namespace meno {

struct ProcessUsage {
  double cpu_seconds = 0.0;  // user and system, all threads
  std::uint64_t resident_bytes = 0;
  std::uint64_t virtual_bytes = 0;
  std::uint64_t open_files = 0;
  std::uint64_t most_files = 0;  // beyond: no connection and no file can be opened
};

/// What the system does not tell is 0.
ProcessUsage process_usage();

}  // namespace meno
