// Adversarial: a model and a generator of untrue histories take turns. The generator proposes edits
// that raise the model's loss on the true answers, less what they cost in plausibility; the model
// learns from the histories as they are and as edited.
//
//   model       min  (1 - s) L(clean) + s L(edited)
//   generator   max  E[ L(edited) - L(clean) ] - price x KL(pi || plausible rates)
//
// In the spirit of Goodfellow et al. 2014, arXiv:1406.2661, and of Madry et al. 2018,
// arXiv:1706.06083, over histories instead of pictures; the policy's gradient is Williams's
// (generator.h).
#pragma once

#include "meta/adversarial/generator.h"
#include "meta/learner.h"
#include "meta/registry.h"

namespace meno {

/// theta is [P + kGeneratorParameters], the generator behind the model; so is the direction. Only
/// windows whose events are at hand (EncodedTask::origin) are edited; a batch without them is an
/// ordinary one.
struct Adversarial {
  PlausibleRates rates = {};
  double share = 0.5;         // s, in [0, 1]
  double plausibility = 0.1;  // price of a nat of KL, in nats of loss
  bool learn = true;          // off: plausible damage at random

  MetaStep operator()(const StudentModel& model, ParamView theta,
                      std::span<const EncodedTask> batch, std::uint64_t seed) const;
};
static_assert(MetaLearner<Adversarial>);

/// Options "share", "plausibility", "missing", "bots", "learn", and those of the inner loop, for
/// adapting its runs.
Result<LearnerSetup> make_adversarial(const Options& options);

}  // namespace meno
