// Bayes: learns a Gaussian prior from which a task's posterior is a few variational steps away.
#pragma once

#include "meta/adapt.h"
#include "meta/learner.h"
#include "meta/registry.h"

namespace meno {

/// direction = the gradient, at theta and at the prior's log standard deviations s [P] behind it,
/// of the tasks' mean of
///
///   E_q [mean loss of the query] + lambda KL(q || N(theta, exp(2 s))) / (n_support + n_query)
///
/// where q is found by the inner loop of meta/bayes/variational.h on the support, whose divergence
/// weighs lambda / n_support: exact through all steps for the noise that was drawn. The loss
/// returned is E_q of the query's alone. All tasks of a batch share the noise, so their order does
/// not matter. A task with an empty support has q = the prior. Memory of a task is about
/// [3 x 2 pairs x (K + 1), P], K the inner steps.
/// Source: Ravi & Beatson 2019, ICLR, "Amortized Bayesian Meta-Learning"; divergences from a learnt
/// prior as the price of a task's posterior: Amit & Meir 2018, arXiv:1711.01244. Departures: the
/// paper's outer objective scores a task's support too; here the query alone, since a run is judged
/// on answers to come. lambda weighs the divergence (1: the variational bound); theta and s have no
/// prior of their own (the paper: one over theta and s).
struct Bayes {
  InnerLoop inner;

  MetaStep operator()(const StudentModel& model, ParamView theta,
                      std::span<const EncodedTask> batch, std::uint64_t seed) const;
};
static_assert(Learner<Bayes>);

/// Options: those of read_task_learner; "lambda", "spread" (where the standard deviations start)
/// and "pairs" (of draws). Errors: InvalidInput also when one of them is out of range.
Result<LearnerSetup> make_bayes(const Options& options);

}  // namespace meno
