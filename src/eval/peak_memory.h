// The largest resident memory of this process since a moment, as Linux counts it.
#pragma once

namespace meno {

/// Starts counting anew; without permission to (or off Linux) the count goes on from the start of
/// the process.
void reset_peak_memory();

/// MiB; 0 where the system does not say.
double peak_memory_mb();

}  // namespace meno
