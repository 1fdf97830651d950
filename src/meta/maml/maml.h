// Maml: moves theta so that a few gradient steps on a task's support lower the loss of its query.
// One function object, four learners.
#pragma once

#include "meta/adapt.h"
#include "meta/learner.h"
#include "meta/registry.h"

namespace meno {

/// direction = the gradient at theta of the tasks' mean query loss after the inner loop, noise off.
/// A task with an empty support is judged where it starts; a query is never empty. Memory of a task
/// is [2 K + 1, P], K the inner steps.
/// Source: Finn, Abbeel & Levine 2017, arXiv:1703.03400, algorithm 1 and its first-order variant
/// (section 5.2); Raghu, Raghu, Bengio & Vinyals 2020, arXiv:1909.09157, section 4 (ANIL:
/// `inner.head_only`); Li, Zhou, Chen & Li 2017, arXiv:1707.09835, algorithm 1 (Meta-SGD:
/// `learns_rates`; there with one inner step). The optimiser takes the outer step (the papers: SGD
/// or Adam); the inner loop's pull is Meno's.
struct Maml {
  InnerLoop inner;
  bool second = true;         // false: first order
  bool learns_rates = false;  // theta is [P + P], the inner rates behind the model's

  MetaStep operator()(const StudentModel& model, ParamView theta,
                      std::span<const EncodedTask> batch, std::uint64_t seed) const;
};
static_assert(MetaLearner<Maml>);

/// Options of each: those of read_task_learner.
Result<LearnerSetup> make_maml(const Options& options);
Result<LearnerSetup> make_fomaml(const Options& options);
/// "inner_head" is on unless an option says otherwise.
Result<LearnerSetup> make_anil(const Options& options);
/// "inner_rate", times each block's scale, is where the rates start; a run adapts with the learnt.
Result<LearnerSetup> make_meta_sgd(const Options& options);

}  // namespace meno
