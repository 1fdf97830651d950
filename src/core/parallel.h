// One loop over several threads. Work is cut into fixed chunks, so results depend on the thread
// count, never on timing.
#pragma once

#include <cstddef>
#include <functional>

namespace meno {

/// Number of threads to use for `asked` (0 = all cores, at least 1).
std::size_t thread_count(int asked);

/// Calls body(part) for every part in [0, parts) on up to `threads` threads and waits. The first
/// exception is rethrown. Threads are started per call: use it for milliseconds of work, not
/// microseconds.
void parallel_for(std::size_t parts, std::size_t threads,
                  const std::function<void(std::size_t)>& body);

}  // namespace meno
