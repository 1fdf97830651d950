#include "models/student_model.h"

namespace meno {

void predict(const StudentModel& model, ParamView theta, const Sequence& sequence,
             std::span<double> p_correct) {
  if (sequence.empty()) return;
  const auto encoded = model.encode({.events = sequence});
  const Encoded* const batch[] = {encoded.get()};
  model.predict(theta, batch, p_correct);
}

}  // namespace meno
