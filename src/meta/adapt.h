// Adaptation: the inner loop. A few gradient steps from theta on the answers of one student, class
// or school.
#pragma once

#include <string>

#include "core/options.h"
#include "models/student_model.h"

namespace meno {

/// The steps that a run's tasks take, in training and afterwards.
struct InnerLoop {
  int steps = 5;
  double rate = 0.05;
  double pull = 0.0;   // c of c/(2n) |theta' - theta|^2, n scored answers: the fewer answers, the
                       // nearer it stays
  std::string blocks;  // adapt only blocks whose name starts so; empty: all
};

/// Reads "inner_steps", "inner_rate", "inner_pull" and "inner_blocks".
void read_inner_loop(OptionReader& reader, InnerLoop& inner);
/// Errors: InvalidInput for steps < 0, a rate that is not positive or a negative pull; `owner`
/// names the learner.
Result<Done> check_inner_loop(const InnerLoop& inner, std::string_view owner);

/// theta' [P] after `inner.steps` gradient steps on the mean loss of `support`; theta itself for an
/// empty support. `first_loss`, if asked for, is the loss before the first step, in nats.
Params adapted(const StudentModel& model, ParamView theta, const InnerLoop& inner, Batch support,
               double* first_loss = nullptr);

}  // namespace meno
