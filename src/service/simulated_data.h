// Whether a dataset's students are simulated, as whoever made it says in its manifest.
#pragma once

#include "domain/dataset.h"

namespace meno {

/// False where the manifest does not say.
bool is_simulated(const Dataset& dataset);

}  // namespace meno
