// Whom `meno train` learns from, when nobody says otherwise.
#pragma once

#include <cstdint>

#include "domain/split.h"

namespace meno {

/// The source's own split when it has one, else a seeded one of 80 % training, 10 % validation and
/// 10 % test students. Errors: as the split's.
Result<Split> training_split(const SplitSource& source, int fold, std::uint64_t seed);

}  // namespace meno
