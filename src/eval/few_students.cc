#include "eval/few_students.h"

#include <algorithm>

namespace meno {
namespace {

constexpr int kFewestSteps = 300;
constexpr int kLeastBatch = 400;    // answers
constexpr int kStepsPerEpoch = 20;  // where there are answers enough

}  // namespace

TrainOptions options_for_few(const ModelEntry& model, const std::vector<Sequence>& students) {
  std::size_t answers = 0;
  for (const Sequence& student : students) answers += student.size();
  const auto all = static_cast<int>(answers);
  const int usual = std::max(kLeastBatch, model.training.batch_rows);
  const int batch = std::clamp(all / kStepsPerEpoch, kLeastBatch, usual);
  const int steps = std::max(1, all / batch);
  return {.epochs = std::max(model.training.epochs, (kFewestSteps + steps - 1) / steps),
          .batch_rows = batch};
}

}  // namespace meno
