#include "tutor/review/prior.h"

#include <array>

namespace meno {
namespace {

// Made by `meno benchmark review` on the one real log of reviews with gaps that was at hand (one
// learner, 4,280 cards; docs/review.md), fitted under the model's usual prior. What a sitting's
// practice says of a card (last_practice, first_wrong) is set to 0: a card is looked at once or
// twice in a sitting, a skill many times, so those two do not carry over to skills.
constexpr std::array kTheta{3.5,  0.63,  0.0,  -0.56, -0.07, 0.04,  0.0, 0.0,
                            1.04, -0.16, 0.57, -0.21, 0.52,  -0.06, 0.18};

}  // namespace

std::span<const double> curve_prior() { return kTheta; }

}  // namespace meno
