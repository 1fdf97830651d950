// One draw of a new course's students: who is judged, and who comes before them.
#pragma once

#include <cstddef>
#include <vector>

#include "core/rng.h"
#include "eval/predictions.h"

namespace meno {

struct SupportDraw {
  std::vector<ScoredWindow> queries;  // judged, every answer scored
  std::vector<Sequence> others;       // in the order in which they come; a support is their first k
};

/// The first `scored` students with answers of a random order are judged; of the others only the
/// first `first_answers` answers are there (0: all).
SupportDraw draw_support(const std::vector<Sequence>& students, std::size_t scored,
                         std::size_t first_answers, Rng rng);

}  // namespace meno
