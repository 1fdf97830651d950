// Validation: what training looks at between epochs. Whole histories of other students, every
// answer scored.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/ranks.h"
#include "domain/sequence.h"
#include "models/student_model.h"

namespace meno {

struct ValidationScore {
  std::optional<double> auc;
  std::optional<double> log_loss;  // mean nats; absent without answers
};

/// Students encoded once, scored as often as asked. The model must outlive it.
class Validation {
 public:
  Validation(const StudentModel& model, const std::vector<Sequence>& students,
             std::size_t batch_rows, std::size_t threads);

  bool empty() const { return correct_.empty(); }
  /// Each of the ranks predicts its share; all return the same.
  ValidationScore score(ParamView theta, Ranks& ranks) const;

 private:
  const StudentModel& model_;
  std::size_t threads_;
  std::vector<std::unique_ptr<const Encoded>> windows_;
  std::vector<std::vector<const Encoded*>> batches_;
  std::vector<std::size_t> begin_;  // of each batch's rows in correct_
  std::vector<float> correct_;      // [N], batch after batch
};

}  // namespace meno
