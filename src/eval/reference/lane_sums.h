// From eight tasks side by side to one direction, and back.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "models/params.h"

namespace meno {

/// One parameter vector [P] in all lanes, [P, 8].
void spread_over_lanes(ParamView theta, std::vector<float>& lanes);

/// Adds `share` of the gradient of each lane of `first` [P, 8] and `second` [P2, 8] (or none) to
/// `direction` [P + P2], none longer than `clip` over both. A lane that left the finite numbers
/// adds nothing. Returns how many did.
std::size_t add_clipped_lanes(std::span<float> first, std::span<float> second, double clip,
                              double share, std::span<double> direction);

}  // namespace meno
