// Propagation: what the skills beside a skill in the graph say of it where its own answers are few.
//
// Gaussian beliefs on the logit scale, as deviations from what is expected of a student of whom
// nothing is known: d_s = logit p_s - logit b_s, of variance v_s (from the band). A neighbour k
// (prerequisite or dependent) with answers enough of its own sends the message
//   N(d_s + r (d_k - d_s), r^2 v_k + (1 - r^2) t^2),
// r the correlation along an edge of what is special to a skill and t^2 its variance; the student's
// general level is what d_s, of a skill hardly practised, stands for. Messages and the own belief
// join by precision. So a message counts the less, the more is known of the skill itself, and a
// weak prerequisite holds down what builds on it. One step along edges: neighbours' own beliefs
// only, so that nothing comes back to its source.
// Source: messages of Gaussian belief propagation, Weiss & Freeman 2001; skills tied along
// prerequisites, Kaser, Klingler, Schwing & Gross 2014. Of the r and t^2 that were tried, the
// defaults foresee first answers least badly: under a trained evidence model none gains
// (docs/explanations.md), so no estimate uses this; it is shown beside them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/skill_graph.h"
#include "tutor/mastery/mastery.h"

namespace meno {

struct PropagationRules {
  double correlation = 0.2;  // r, in [0, 1)
  double spread = 2.0;       // t^2, logits squared
  MasteryRules mastery{};    // min_answers tells thin from enough
};

/// An estimate that leans on other skills.
struct InferredMastery {
  double p_mastery = 0.5;
  double low = 0.0;  // an 80 % band
  double high = 1.0;
  std::vector<SkillId> from;  // whose answers it leans on, ascending; not empty
};

/// Of every skill of `skills`, in their order, that has too few answers and a neighbour among
/// `skills` with enough. `p_unknown` [skills]: of a student of whom nothing is known.
std::vector<std::optional<InferredMastery>> propagated(std::span<const SkillMastery> skills,
                                                       std::span<const double> p_unknown,
                                                       const SkillGraph& graph,
                                                       const PropagationRules& rules = {});

}  // namespace meno
