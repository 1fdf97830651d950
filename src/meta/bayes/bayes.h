// Bayes: learns a Gaussian prior from which a task's posterior is a few variational steps away.
#pragma once

#include "meta/adapt.h"
#include "meta/learner.h"
#include "meta/registry.h"

namespace meno {

/// direction = the gradient, at theta and at the prior's log standard deviations s [P] behind it,
/// of the tasks' mean of
///
///   E_q [mean loss of support and query] + lambda KL(q || N(theta, exp(2 s))) / n,
///
/// n their answers together, where q is found by the inner loop of meta/bayes/variational.h on the
/// support alone, whose divergence weighs lambda / (answers of the support). At lambda = 1 it is
/// the negative evidence lower bound per answer. Exact through all steps for the noise that was
/// drawn. The loss returned is E_q of the mean loss. All tasks of a batch share the noise, so their
/// order does not matter. A task with an empty support has q = the prior. Memory of a task is about
/// [3 x 2 pairs x (K + 1), P], K the inner steps.
/// Source: Ravi & Beatson 2019, ICLR, "Amortized Bayesian Meta-Learning"; the divergence from a
/// learnt prior as the price of a task's posterior: Amit & Meir 2018, arXiv:1711.01244. Departures:
/// lambda weighs the divergence; theta and s have no prior of their own (the paper: over both);
/// `score_support` off scores the query alone, as maml does.
struct Bayes {
  InnerLoop inner = {.rate = 3.0};  // in units of the prior; with spread, tuned on bkt and logistic
  bool score_support = true;

  MetaStep operator()(const StudentModel& model, ParamView theta,
                      std::span<const EncodedTask> batch, std::uint64_t seed) const;
};
static_assert(MetaLearner<Bayes>);

/// Options: those of read_task_learner; "lambda", "spread" (where the standard deviations start),
/// "pairs" (of draws) and "score_support". Errors: InvalidInput also when one is out of range.
Result<LearnerSetup> make_bayes(const Options& options);

}  // namespace meno
