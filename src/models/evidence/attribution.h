// Attribution: a prediction of the evidence network divided into pieces that sum to what the
// student changed about it.
//
// The network reads evidence x [F] and a state h. A student of whom nothing is known has x0 and h =
// 0 at the same target. The value of some pieces is the logit when these are as they are and the
// others as if nothing were known; each piece gets its Shapley value (core/shapley.h), so the
// pieces sum exactly, whatever the network does in between. All 2^G coalitions are computed: the
// first layer is a sum over pieces, so each costs the second layer alone. Source: against a fixed
// baseline, Sundararajan & Najmi 2020 (ICML), "baseline Shapley". Ours are pieces of several
// features, as a sum over single ones could not be computed.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "models/evidence/predictor.h"

namespace meno::evidence {

/// The pieces. A group of features (features.h) belongs to one of them, but for two groups that mix
/// what they compare, whose features go by what they depend on.
inline constexpr std::array<std::string_view, 7> kPieces{
    "skill",    // the student's answers on the target's skills
    "item",     // on the very item
    "overall",  // on everything
    "recent",   // the last few
    "similar",  // how the course's students fared in such a situation
    "time",     // gaps, sessions, how fast answers came
    "memory",   // the recurrent state: answers in their order
};

/// Fills by_piece [kPieces], in logits: FeatureAttribution::attribute.
template <class S>
void attribute(const ServingWeights<S>& weights, const ServedStudent<S>& served,
               const Target& target, std::span<double> by_piece);

extern template void attribute<float>(const ServingWeights<float>&, const ServedStudent<float>&,
                                      const Target&, std::span<double>);
extern template void attribute<double>(const ServingWeights<double>&, const ServedStudent<double>&,
                                       const Target&, std::span<double>);

}  // namespace meno::evidence
