// StudentTasks: a student model as Unrolled sees one, a single task in double.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>

#include "meta/unrolled/unrolled.h"
#include "models/student_model.h"

namespace meno {

/// Losses are mean nats without noise, as hessian_vector's are. The model must outlive it.
class StudentTasks {
 public:
  using Scalar = double;
  using Samples = Batch;
  struct Trace {};  // models keep nothing of a pass: hessian_vector computes it again
  static constexpr std::size_t kLanes = 1;

  explicit StudentTasks(const StudentModel& model) : model_(model) {}

  std::size_t parameters() const { return model_.layout().size(); }

  void loss(ParamView theta, Batch windows, std::span<double> out, Trace& /*trace*/,
            std::span<double> losses) const {
    std::fill(out.begin(), out.end(), 0.0);
    losses[0] = model_.loss(theta, windows, out, std::nullopt);
  }

  void hessian_vector(ParamView theta, Batch windows, const Trace& /*trace*/, ParamView v,
                      std::span<double> out) const {
    model_.hessian_vector(theta, windows, v, out);
  }

 private:
  const StudentModel& model_;
};
static_assert(TaskModel<StudentTasks>);

}  // namespace meno
