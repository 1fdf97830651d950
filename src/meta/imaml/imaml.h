// IMaml: MAML whose way back goes through the inner loop's fixed point, not along its path.
#pragma once

#include "meta/adapt.h"
#include "meta/learner.h"
#include "meta/registry.h"

namespace meno {

/// direction = (I + H / c)^-1 g, averaged over tasks: g the gradient of the query's loss at theta',
/// H the Hessian of the support's loss there, theta' where the inner loop on support loss + c/2
/// |theta' - theta|^2 ends; c = the inner loop's pull / scored support answers. Solved by conjugate
/// gradients from g on, which stop at a curvature that is not positive and keep what they have.
/// Exact once theta' is a minimum and the solver has converged. Memory is [8, P] whatever
/// the steps. A task with an empty support is judged where it starts.
/// Source: Rajeswaran, Finn, Kakade & Levine 2019, arXiv:1909.04630, equation 6 and algorithms 1
/// and
/// 2. Meno's: parameters that the inner loop leaves alone get g - H (c I + H)^-1 g, blockwise; the
/// solver starts at g, the first-order answer, where the paper does not say.
struct IMaml {
  InnerLoop inner = {.steps = 16, .pull = 10.0};  // steps of Omniglot in the paper; pull not tuned
  int cg_steps = 5;                               // as in the paper

  MetaStep operator()(const StudentModel& model, ParamView theta,
                      std::span<const EncodedTask> batch, std::uint64_t seed) const;
};
static_assert(MetaLearner<IMaml>);

/// Options: those of read_task_learner, and "cg_steps". Errors: InvalidInput also without a pull.
Result<LearnerSetup> make_imaml(const Options& options);

}  // namespace meno
