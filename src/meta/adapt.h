// Adaptation: the inner loop. A few gradient steps from theta on the answers of one student, class
// or school.
#pragma once

#include <optional>
#include <string>

#include "core/options.h"
#include "models/student_model.h"

namespace meno {

/// A Gaussian belief about a task's parameters before its answers: around theta, this far. The
/// inner loop then finds a posterior (meta/bayes/posterior.h) whose mean is theta'.
struct GaussianPrior {
  double lambda = 1.0;  // weight of the divergence from it
  double spread = 0.3;  // standard deviation of every parameter until one is learnt
  int pairs = 1;        // of draws in an expectation
  Params log_sd = {};   // [P], learnt; empty: log(spread)
};

/// The steps that a run's tasks take, in training and afterwards.
struct InnerLoop {
  int steps = 5;
  double rate = 0.05;
  double pull = 0.0;  // c of c/(2n) |theta' - theta|^2, n scored answers: the fewer answers, the
                      // nearer it stays
  std::string blocks = {};  // adapt only blocks whose name starts so; empty: all
  bool head_only = false;   // and of those only the model's read-out
  Params rates = {};  // [P], learnt; empty: `rate` x the block's scale. Blocks that stay, stay.
  std::optional<GaussianPrior> prior = std::nullopt;  // set: steps are variational

  bool adapts(const ParamBlock& block) const {
    return block.name.starts_with(blocks) && (block.head || !head_only);
  }
};

/// Each parameter's rate [P]; 0 for those that stay.
Params inner_rates(const ParamLayout& layout, const InnerLoop& inner);

/// Scored answers of all windows.
std::size_t scored_in(Batch batch);

/// Reads "inner_steps", "inner_rate", "inner_pull", "inner_blocks" and "inner_head".
void read_inner_loop(OptionReader& reader, InnerLoop& inner);
/// Errors: InvalidInput for steps < 0, a rate that is not positive or a negative pull; `owner`
/// names the learner.
Result<Done> check_inner_loop(const InnerLoop& inner, std::string_view owner);

/// theta' [P] after `inner.steps` gradient steps on the mean loss of `support` (with a prior: the
/// posterior's mean); theta itself for an empty support. `first_loss`, if asked for, is the loss
/// before the first step, in nats.
Params adapted(const StudentModel& model, ParamView theta, const InnerLoop& inner, Batch support,
               double* first_loss = nullptr);

}  // namespace meno
