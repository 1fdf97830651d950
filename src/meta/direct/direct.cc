#include "meta/direct/direct.h"

namespace meno {

MetaStep Direct::operator()(const StudentModel& model, ParamView theta,
                            std::span<const EncodedTask> batch, std::uint64_t seed) const {
  std::vector<const Encoded*> windows;
  std::size_t scored = 0;
  for (const EncodedTask& task : batch) {
    windows.insert(windows.end(), task.support.begin(), task.support.end());
    windows.insert(windows.end(), task.query.begin(), task.query.end());
  }
  for (const Encoded* window : windows) scored += window->scored();
  MetaStep step{.direction = Params(theta.size(), 0.0), .weight = static_cast<double>(scored)};
  step.loss = model.loss(theta, windows, step.direction, seed);
  return step;
}

Result<LearnerSetup> make_direct(const Options& options) {
  LearnerSetup setup{.step = Direct{}};
  OptionReader reader(options);
  read_inner_loop(reader, setup.inner);
  MENO_TRY_DONE(reader.finish("direct"));
  MENO_TRY_DONE(check_inner_loop(setup.inner, "direct"));
  return setup;
}

}  // namespace meno
