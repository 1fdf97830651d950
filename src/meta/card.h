// The card of a run: what it is, what it was made from, how good it is and what it must not be used
// for. For people.
#pragma once

#include <string>

#include "meta/run.h"

namespace meno {

/// Markdown; a function of the run alone, so the same run has the same card.
std::string card_of(const Run& run);

}  // namespace meno
